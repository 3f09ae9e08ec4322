import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from '../logger.ts'
import { atMostEvery, SAME_LINE_EVERY_MS } from '../observe.ts'
import { type AppLock, lockDataDirectory } from './app-lock.ts'
import { DATABASE_USER, ensureCluster } from './cluster.ts'
import { clusterPlace } from './cluster-place.ts'
import { prepareDataDirectory, unusable } from './data-directory.ts'
import { DiskFull } from './disk-full.ts'
import { postgresPrograms } from './postgres-programs.ts'
import { adoptPostmaster, type Postmaster, startPostmaster, stopPostmaster } from './postmaster.ts'

export interface DatabaseServer {
  readonly url: string
  /** Whether it is known to have stopped because there is no room for it. */
  readonly isDiskFull: boolean
}

/** A real PostgreSQL that belongs to this process and to nobody else. Its url stays the same when it is started again. */
export interface EmbeddedPostgres extends DatabaseServer {
  /** Shuts the server down, then gives the data directory free. */
  stop(): Promise<void>
}

interface Options {
  readonly dataDir: string
  readonly logger: Logger
}

/**
 * Starts the built-in PostgreSQL on the files in `dataDir`, making them the first time.
 *
 * A server that an app killed earlier left running is taken over. One that dies is started again, on the same port.
 *
 * @throws StartupError when the directory is in use by another process or unusable, or PostgreSQL does not run here.
 */
export async function startEmbeddedPostgres(options: Options): Promise<EmbeddedPostgres> {
  const dataDir = path.resolve(options.dataDir)
  await prepareDataDirectory(dataDir)
  const lock = await lockDataDirectory(dataDir)
  try {
    return await open(dataDir, lock, options.logger)
  } catch (error) {
    await lock.release()
    throw unusable(dataDir, error)
  }
}

async function open(dataDir: string, lock: AppLock, logger: Logger): Promise<EmbeddedPostgres> {
  const place = await clusterPlace(dataDir)
  await mkdir(path.dirname(place.directory), { recursive: true })
  const programs = () => postgresPrograms(place.account)
  const password = await ensureCluster(dataDir, place, programs)
  const knock = (port: number) => letsIn(urlOf(port, password, 'postgres'))
  const launch = async (port?: number) => {
    try {
      const { postgres: program } = await programs()
      const logFile = path.join(dataDir, 'postgres.log')
      return await startPostmaster({ program, place, logFile, knock, ...(port && { port }) })
    } catch (error) {
      throw unusable(dataDir, error)
    }
  }
  const server = new SupervisedServer(launch, logger)
  const { port } = await server.start(await adoptPostmaster(place.directory, knock))
  try {
    await ensureDatabase(urlOf(port, password, 'postgres'))
  } catch (error) {
    await server.stop()
    throw error
  }
  const stop = async () => {
    await server.stop()
    await lock.release()
  }
  return {
    url: urlOf(port, password, DATABASE_USER),
    get isDiskFull() {
      return server.isDiskFull
    },
    stop: once(stop),
  }
}

/** Keeps one server running: `stopped → running ⇄ restarting → stopped`. */
class SupervisedServer {
  readonly #launch: (port?: number) => Promise<Postmaster>
  readonly #logger: Logger
  readonly #stopping = new AbortController()
  readonly #mayComplain = atMostEvery(SAME_LINE_EVERY_MS)
  #watch: Promise<void> = Promise.resolve()
  #current: Postmaster | null = null
  isDiskFull = false

  constructor(launch: (port?: number) => Promise<Postmaster>, logger: Logger) {
    this.#launch = launch
    this.#logger = logger
  }

  async start(adopted: Postmaster | null): Promise<Postmaster> {
    const server = adopted ?? (await this.#launch())
    this.#logger.debug({ pid: server.pid, port: server.port, adopted: adopted !== null }, 'the built-in database runs')
    this.#current = server
    this.#watch = this.#keepRunning(server)
    return server
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    if (this.#current) await stopPostmaster(this.#current)
    await this.#watch
  }

  async #keepRunning(first: Postmaster): Promise<void> {
    let server: Postmaster = first
    for (;;) {
      await server.gone
      this.#current = null
      if (this.#stopping.signal.aborted) return
      this.#logger.error({ pid: server.pid }, 'the built-in database died: starting it again')
      const next = await this.#relaunch(server.port)
      if (!next) return
      this.#current = next
      server = next
      if (this.#stopping.signal.aborted) await stopPostmaster(next)
    }
  }

  async #relaunch(port: number): Promise<Postmaster | null> {
    while (!this.#stopping.signal.aborted) {
      try {
        const launched = await this.#launch(port)
        this.isDiskFull = false
        return launched
      } catch (error) {
        const isDiskFull = error instanceof DiskFull
        if (isDiskFull !== this.isDiskFull) this.#mayComplain.again()
        this.isDiskFull = isDiskFull
        if (this.#mayComplain.now()) {
          this.#logger.error({ err: error }, 'the built-in database does not start; it is tried again until it does')
        }
        await delay(RELAUNCH_MS, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
      }
    }
    return null
  }
}

const RELAUNCH_MS = 2_000

function urlOf(port: number, password: string, database: string): string {
  return `postgresql://${DATABASE_USER}:${password}@127.0.0.1:${port}/${database}`
}

async function letsIn(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  // A server that goes away while we connect tells the client twice.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE_USER])
    if (!rowCount) await client.query(`CREATE DATABASE ${client.escapeIdentifier(DATABASE_USER)}`)
  } finally {
    await client.end()
  }
}

function once(act: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= act()
    return done
  }
}
