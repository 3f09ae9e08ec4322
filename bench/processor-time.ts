import { readdir, readFile } from 'node:fs/promises'

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
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const processes = await Promise.all(pids.map(readStat))
  const children = processes.filter((each) => each?.parent === own.parent)
  const ticks = children.reduce((sum, each) => sum + (each?.ownTicks ?? 0), postmaster.ownTicks + postmaster.endedTicks)
  return ticks / TICKS_PER_SECOND
}

interface Stat {
  parent: number
  ownTicks: number
  /** Of children that have ended. */
  endedTicks: number
}

async function readStat(pid: string): Promise<Stat | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
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
