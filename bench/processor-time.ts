import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'

/** `/proc` counts in these on every Linux. */
const TICKS_PER_SECOND = 100

/**
 * Processor time that a PostgreSQL server has used: its first process, those that live, and those that it has waited
 * for. `backend` is any one of its sessions. Null where there is no `/proc`.
 */
export async function processorSeconds(backend: number): Promise<number | null> {
  const own = await readStat(String(backend))
  const postmaster = own && (await readStat(String(own.parent)))
  if (!postmaster) return null
  const children = await childrenOf(own.parent)
  const ticks = children.reduce((sum, each) => sum + each.ownTicks, postmaster.ownTicks + postmaster.endedTicks)
  return ticks / TICKS_PER_SECOND
}

interface Stat {
  parent: number
  ownTicks: number
  /** Of children that have ended. */
  endedTicks: number
}

async function childrenOf(parent: number): Promise<(Stat & { pid: string })[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(pids.map(async (pid) => ({ pid, stat: await readStat(pid) })))
  return found.flatMap(({ pid, stat }) => (stat?.parent === parent ? { pid, ...stat } : []))
}

async function readStat(pid: string): Promise<Stat | null> {
  const text = await read(pid, 'stat')
  return text === null ? null : parseStat(text)
}

/** Reads a line of `/proc/<pid>/stat`; the name of the program, in brackets, may hold anything. */
export function parseStat(text: string): Stat {
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const [, parent = 0, , , , , , , , , , user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields
  return { parent, ownTicks: user + system, endedTicks: endedUser + endedSystem }
}

/** What a process has used since it was seen last is lost when it ends. */
const LOOK_MS = 500

/**
 * Processor time that a PostgreSQL server uses in the next `ms` milliseconds, without that of its vacuum: which comes
 * about once a minute, for what was written before, and weighs on whichever side of a comparison it falls. To the
 * nanosecond, unlike what is counted in ticks. Null where the system does not tell.
 */
export async function secondsWithoutVacuum(backend: number, ms: number): Promise<number | null> {
  const own = await readStat(String(backend))
  if (!own) return null
  const used = new UsedTime(await readTimes(own.parent))
  for (const end = performance.now() + ms; performance.now() < end; ) {
    await delay(Math.min(LOOK_MS, end - performance.now()))
    used.see(await readTimes(own.parent))
  }
  return used.nanoseconds === 0 ? null : used.nanoseconds / 1e9
}

/** What processes have used since the first look, those too that came later or have ended. */
export class UsedTime {
  readonly #first: ReadonlyMap<string, number>
  readonly #last: Map<string, number>

  /** @param times nanoseconds by process */
  constructor(times: ReadonlyMap<string, number>) {
    this.#first = times
    this.#last = new Map(times)
  }

  see(times: ReadonlyMap<string, number>): void {
    for (const [pid, nanoseconds] of times) this.#last.set(pid, nanoseconds)
  }

  get nanoseconds(): number {
    return [...this.#last].reduce((sum, [pid, last]) => sum + last - (this.#first.get(pid) ?? 0), 0)
  }
}

async function readTimes(postmaster: number): Promise<Map<string, number>> {
  const times = await Promise.all(
    (await childrenOf(postmaster)).map(async ({ pid }) => {
      if (await isVacuum(pid)) return []
      const [nanoseconds = ''] = (await read(pid, 'schedstat'))?.split(' ') ?? []
      return nanoseconds === '' ? [] : [[pid, Number(nanoseconds)] as const]
    }),
  )
  return new Map(times.flat())
}

/** By the title that it gives itself. */
async function isVacuum(pid: string): Promise<boolean> {
  return (await read(pid, 'cmdline'))?.includes('autovacuum') ?? false
}

function read(pid: string, file: string): Promise<string | null> {
  return readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => null)
}
