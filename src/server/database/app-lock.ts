import { link, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { StartupError } from '../startup-error.ts'
import { unusable } from './data-directory.ts'
import { processIdentity } from './process-identity.ts'

/** Says that this process, and no other, works in a place. */
export interface AppLock {
  release(): Promise<void>
}

const holderSchema = z.object({ pid: z.int().positive(), identity: z.string() })

type Holder = z.infer<typeof holderSchema>

const MAX_ROUNDS = 200

/**
 * Takes the data directory for this process. A lock whose process is gone counts for nothing, also when another
 * process has its pid by now.
 *
 * @throws StartupError when a living process has it.
 */
export async function lockDataDirectory(dataDir: string): Promise<AppLock> {
  try {
    const taken = await tryLock(path.join(dataDir, 'app.lock'))
    if ('release' in taken) return taken
    throw inUse(dataDir, taken.pid)
  } catch (error) {
    throw unusable(dataDir, error)
  }
}

/** Takes a lock file for this process as soon as no living process has it. */
export async function waitForLock(file: string): Promise<AppLock> {
  for (;;) {
    const taken = await tryLock(file)
    if ('release' in taken) return taken
    await delay(WAIT_MS)
  }
}

const WAIT_MS = 200

/** The lock, or the living process that has it. */
async function tryLock(file: string): Promise<AppLock | Holder> {
  const draft = `${file}.${process.pid}.${crypto.randomUUID()}`
  try {
    const identity = (await processIdentity(process.pid)) ?? 'unknown'
    await writeFile(draft, JSON.stringify({ pid: process.pid, identity }))
    const holder = await claim(file, draft)
    return holder ?? { release: () => rm(file, { force: true }) }
  } finally {
    await rm(draft, { force: true })
  }
}

async function claim(file: string, draft: string): Promise<Holder | null> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    if (await tryLink(draft, file)) return null
    const holder = await readHolder(file)
    if (holder && (await isAlive(holder))) return holder
    await removeStale(file, draft)
  }
  throw new StartupError(`${file} is being taken by several processes at once.`, 'Start one at a time.')
}

/** A link, unlike a file just opened, is there with its content or not at all. */
async function tryLink(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function readHolder(file: string): Promise<Holder | null> {
  try {
    return holderSchema.safeParse(JSON.parse(await readFile(file, 'utf8'))).data ?? null
  } catch {
    return null
  }
}

async function isAlive(holder: Holder): Promise<boolean> {
  return (await processIdentity(holder.pid)) === holder.identity
}

/**
 * Only one start at a time removes a stale lock, and looks again before it does: between two looks another start may
 * have put its own lock there.
 */
async function removeStale(file: string, draft: string): Promise<void> {
  const cleaning = `${file}.cleaning`
  if (!(await tryLink(draft, cleaning))) {
    const cleaner = await readHolder(cleaning)
    if (!cleaner || (await isAlive(cleaner))) await delay(10)
    else await rm(cleaning, { force: true })
    return
  }
  try {
    const holder = await readHolder(file)
    if (!holder || !(await isAlive(holder))) await rm(file, { force: true })
  } finally {
    await rm(cleaning, { force: true })
  }
}

function inUse(dataDir: string, pid: number): StartupError {
  const wayOut = `Stop it (kill ${pid}), or choose another directory with DATA_DIR.`
  return new StartupError(`DATA_DIR ${dataDir} is in use by process ${pid}.`, wayOut)
}
