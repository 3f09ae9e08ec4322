import { execFile } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Whom PostgreSQL runs as. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

const NOBODY: Account = { uid: 65_534, gid: 65_534 }

/**
 * PostgreSQL refuses to run as root: then it runs as the owner of the files that are there already, else as the
 * system's `postgres`, else as `nobody`. For everyone else: `null`, it runs as they do.
 */
export async function postgresAccount(cluster: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null
  return (await ownerOf(cluster)) ?? (await lookUp('postgres')) ?? (await lookUp('nobody')) ?? NOBODY
}

/** Whether the account may pass through a directory and all above it. Asks the system: access lists count, too. */
export async function canReach(account: Account, directory: string): Promise<boolean> {
  try {
    await run('/bin/sh', ['-c', 'test -x "$1"', 'sh', directory], { ...account, cwd: '/' })
    return true
  } catch {
    return false
  }
}

async function ownerOf(directory: string): Promise<Account | null> {
  try {
    const { uid, gid } = await stat(directory)
    return uid === 0 ? null : { uid, gid }
  } catch {
    return null
  }
}

async function lookUp(name: string): Promise<Account | null> {
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n')
  const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? []
  // macOS writes nobody's as -2.
  return uid && gid ? { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 } : null
}
