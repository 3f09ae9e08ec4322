import { type ChildProcess, spawn } from 'node:child_process'
import { open, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { StartupError } from '../startup-error.ts'
import type { ClusterPlace } from './cluster-place.ts'
import { postgresFailure, printedInto } from './disk-full.ts'
import { POSTGRES_ENVIRONMENT } from './initdb.ts'
import { commandLine, processIdentity } from './process-identity.ts'

/** A running database server. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
  /** Settles when the process is gone, for whatever reason. */
  readonly gone: Promise<void>
}

/** Tells whether the server on a port is the one and lets us in. */
export type Knock = (port: number) => Promise<boolean>

const POLL_MS = 50
const ADOPTED_POLL_MS = 200
const READY_WITHIN_MS = 120_000
const MAX_STARTS = 5
const KEPT_LOG_BYTES = 1_000_000

/**
 * The server that an earlier run of the app left behind, once it takes connections; `null` when there is none. A
 * lock file without its server (also when another process has the pid by now) is removed.
 */
export async function adoptPostmaster(directory: string, knock: Knock): Promise<Postmaster | null> {
  const deadline = performance.now() + READY_WITHIN_MS
  while (performance.now() < deadline) {
    const lock = await readLock(directory)
    if (!lock) return null
    if (!(await isPostmasterOf(lock.pid, directory))) {
      await rm(path.join(directory, 'postmaster.pid'), { force: true })
      return null
    }
    if (lock.port && (await knock(lock.port))) return { pid: lock.pid, port: lock.port, gone: untilGone(lock.pid) }
    await delay(POLL_MS)
  }
  throw new StartupError(
    `A PostgreSQL that an earlier run left in ${directory} does not answer.`,
    'Stop that process, then start again.',
  )
}

interface StartOptions {
  readonly program: string
  readonly place: ClusterPlace
  readonly logFile: string
  readonly knock: Knock
  /** The port of an earlier life, kept so that connections find the server again. */
  readonly port?: number
}

/** Starts the server and waits until it takes connections. Another port is tried when one is taken meanwhile. */
export async function startPostmaster(options: StartOptions): Promise<Postmaster> {
  for (let start = 1; ; start += 1) {
    const port = options.port ?? (await freePort())
    const from = await trimmedSize(options.logFile)
    const started = await tryStart(options, port)
    if (started) return started
    const log = (await readFile(options.logFile, 'utf8')).slice(from)
    const mayPass = /already in use|could not bind|pre-existing shared memory/i.test(log)
    if (!mayPass || start === MAX_STARTS) {
      const printed = await printedInto(path.dirname(options.logFile), log)
      throw postgresFailure(`The built-in PostgreSQL did not start in ${options.place.directory}`, printed)
    }
    await delay(POLL_MS * 10)
  }
}

/** Asks for a fast shutdown: open transactions are rolled back, everything committed is on disk. */
export async function stopPostmaster(postmaster: Postmaster): Promise<void> {
  signal(postmaster.pid, 'SIGINT')
  if (await settlesWithin(postmaster.gone, STOP_WITHIN_MS)) return
  signal(postmaster.pid, 'SIGQUIT')
  await settlesWithin(postmaster.gone, STOP_WITHIN_MS)
}

const STOP_WITHIN_MS = 30_000

/** Its timer also keeps our process alive meanwhile, which the server that we wait for does not. */
async function settlesWithin(promise: Promise<void>, ms: number): Promise<boolean> {
  const settled = new AbortController()
  const waiting = delay(ms, false, { signal: settled.signal }).catch(() => true)
  void promise.then(() => settled.abort())
  return waiting
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function tryStart(options: StartOptions, port: number): Promise<Postmaster | null> {
  const { place, program, logFile, knock } = options
  const log = await open(logFile, 'a', 0o600)
  // Its own session: Ctrl-C at the terminal reaches the app alone, which stops the server when it has finished.
  const child = spawn(program, ['-D', place.directory, ...settings(port)], {
    ...place.account,
    cwd: '/',
    env: POSTGRES_ENVIRONMENT,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  try {
    await spawned(child)
  } finally {
    await log.close()
  }
  child.unref()
  const isReady = await untilReady(() => knock(port), gone)
  return isReady ? { pid: child.pid ?? 0, port, gone } : null
}

function settings(port: number): string[] {
  const values = {
    listen_addresses: '127.0.0.1',
    port,
    // A socket's path must be short, a data directory's need not be.
    unix_socket_directories: '',
    log_checkpoints: 'off',
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

function spawned(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject))
}

async function untilReady(knock: () => Promise<boolean>, gone: Promise<void>): Promise<boolean> {
  let isGone = false
  void gone.then(() => {
    isGone = true
  })
  while (!isGone) {
    if (await knock()) return true
    await delay(POLL_MS)
  }
  return false
}

async function untilGone(pid: number): Promise<void> {
  const identity = await processIdentity(pid)
  while (identity && (await processIdentity(pid)) === identity) {
    await delay(ADOPTED_POLL_MS, undefined, { ref: false })
  }
}

async function readLock(directory: string): Promise<{ pid: number; port: number } | null> {
  const text = await readFile(path.join(directory, 'postmaster.pid'), 'utf8').catch(() => null)
  const [pid = '', , , port = ''] = text?.split('\n') ?? []
  return Number(pid) > 0 ? { pid: Number(pid), port: Number(port) } : null
}

async function isPostmasterOf(pid: number, directory: string): Promise<boolean> {
  return (await commandLine(pid))?.includes(`-D ${directory}`) ?? false
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

async function trimmedSize(logFile: string): Promise<number> {
  const log = await open(logFile, 'a', 0o600)
  try {
    const { size } = await log.stat()
    if (size < KEPT_LOG_BYTES) return size
    await log.truncate(0)
    return 0
  } finally {
    await log.close()
  }
}
