import { chmod, mkdir, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { StartupError } from '../startup-error.ts'
import { DiskFull } from './disk-full.ts'

const ELSEWHERE = 'Make it usable, or choose another one with DATA_DIR.'

/**
 * Makes sure that the data directory exists and takes files.
 *
 * @throws StartupError when it cannot be made, is no directory, is full or is read-only.
 */
export async function prepareDataDirectory(dataDir: string): Promise<void> {
  try {
    const made = await make(dataDir)
    // Run as root, PostgreSQL's own account has to get through to its files; each file guards itself.
    if (made) await chmod(dataDir, process.getuid?.() === 0 ? 0o755 : 0o700)
    const probe = path.join(dataDir, `probe-${process.pid}`)
    await writeFile(probe, 'probe')
    await rm(probe)
  } catch (error) {
    const isNowhere = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw isNowhere ? new StartupError(`DATA_DIR ${dataDir} cannot be made.`, ELSEWHERE) : unusable(dataDir, error)
  }
}

/**
 * Makes a directory and those above it; returns whether it was missing. Node's own recursive `mkdir` calls a
 * read-only file system a missing place, and never comes back from one that takes no directories (such as /proc).
 */
async function make(directory: string): Promise<boolean> {
  try {
    await mkdir(directory)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' && (await make(path.dirname(directory)))) return make(directory)
    if ((await stat(directory).catch(() => null))?.isDirectory()) return false
    throw error
  }
}

const REASONS: Record<string, string> = {
  EACCES: 'cannot be written to: permission denied',
  EPERM: 'cannot be written to: operation not permitted',
  EROFS: 'is on a read-only file system',
  ENOSPC: 'is on a disk that is full',
  EDQUOT: 'is on a disk whose quota is used up',
  ENOTDIR: 'is not a directory',
  EEXIST: 'is not a directory',
}

/** What to tell about an error of the file system below DATA_DIR; any other error comes back as it is. */
export function unusable(dataDir: string, error: unknown): unknown {
  const { code = '' } = error as NodeJS.ErrnoException
  const reason = REASONS[code]
  if (!reason) return error
  const Kind = code === 'ENOSPC' || code === 'EDQUOT' ? DiskFull : StartupError
  return new Kind(`DATA_DIR ${dataDir} ${reason}.`, ELSEWHERE, { cause: error })
}
