import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { POSTGRES_ENVIRONMENT } from './initdb.ts'

const run = promisify(execFile)

/**
 * A text that no other process has or will have, not even one that gets the same pid later; `null` when no
 * process with this pid is alive.
 */
export async function processIdentity(pid: number): Promise<string | null> {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
}

/** The command line of a living process, its parts divided by spaces; `null` when there is none. */
export async function commandLine(pid: number): Promise<string | null> {
  if (process.platform !== 'linux') return askPs(pid, 'command=')
  const line = await readProc(`/proc/${pid}/cmdline`)
  return line ? line.replaceAll('\0', ' ').trim() : null
}

const STATE = 0
const START_TIME = 19

async function fromProc(pid: number): Promise<string | null> {
  const [stat, boot] = await Promise.all([readProc(`/proc/${pid}/stat`), readProc('/proc/sys/kernel/random/boot_id')])
  // The second field is the program's name in parentheses and may hold anything, also spaces.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  const isDead = !fields || ['Z', 'X'].includes(fields[STATE] ?? '')
  return isDead ? null : `${boot?.trim()}/${fields[START_TIME]}`
}

async function readProc(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    return null
  }
}

function fromPs(pid: number): Promise<string | null> {
  return askPs(pid, 'lstart=')
}

async function askPs(pid: number, column: string): Promise<string | null> {
  try {
    const { stdout } = await run('ps', ['-ww', '-o', column, '-p', String(pid)], { env: POSTGRES_ENVIRONMENT })
    return stdout.trim() || null
  } catch {
    return null
  }
}
