/** The PostgreSQL that everything is measured on: the app's own embedded one, in a directory that is thrown away. */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres } from '../src/server/database/embedded-postgres.ts'
import { migrate } from '../src/server/database/migrate.ts'
import { silentLogger } from '../src/server/logger.ts'
import { BENCH_TABLES } from './baseline/tables.ts'
import { processorSeconds, secondsWithoutVacuum } from './processor-time.ts'

export interface Database {
  readonly name: string
  readonly url: string
  /** One statement on a connection of its own. */
  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>
  /** Ends the connections that are still open, too. */
  drop(): Promise<void>
}

export interface ServerSettings {
  server_version: string
  fsync: string
  synchronous_commit: string
  full_page_writes: string
  shared_buffers: string
}

export interface Server {
  readonly settings: ServerSettings
  /** A copy of `template`, which nobody may be connected to; at first the app's tables and the baseline's, all empty. */
  createDatabase(template?: Database): Promise<Database>
  /** So that the dirty pages of one run are not written during the next. */
  checkpoint(): Promise<void>
  /** Processor time of all its processes since it started, or null where the system does not tell. */
  processorSeconds(): Promise<number | null>
  /** What it uses in the next `ms` milliseconds, without its vacuum. */
  secondsWithoutVacuum(ms: number): Promise<number | null>
  stop(): Promise<void>
}

const TEMPLATE = 'bench_template'

/** @throws Error when it would not be as durable as the app's. */
export async function startServer(): Promise<Server> {
  const place = await mkdtemp(path.join(tmpdir(), 'waybill-bench-'))
  // Run as root, PostgreSQL's own account must get through, or the files would be elsewhere and stay.
  await chmod(place, 0o755)
  const stops = [() => rm(place, { recursive: true, force: true })]
  const stop = async () => {
    for (let next = stops.pop(); next; next = stops.pop()) await next()
  }
  try {
    const dataDir = path.join(place, 'data')
    const { url, stop: stopPostgres } = await startEmbeddedPostgres({ dataDir, logger: silentLogger })
    stops.push(stopPostgres)
    return await open(url, stops, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function open(url: string, stops: (() => Promise<void>)[], stop: () => Promise<void>): Promise<Server> {
  const admin = new pg.Pool({ connectionString: url, max: 1, idleTimeoutMillis: 0 })
  admin.on('error', () => {})
  stops.push(() => admin.end())
  await admin.query(`CREATE DATABASE ${TEMPLATE}`)
  const template = databaseOn(admin, url, TEMPLATE)
  await migrate(template.url, silentLogger)
  await template.query(BENCH_TABLES)
  const { rows } = await admin.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  let databases = 0
  return {
    settings: await durableSettings(admin),
    createDatabase: async (from = template) => {
      databases += 1
      const name = `bench_${databases}`
      await admin.query(`CREATE DATABASE ${name} TEMPLATE ${from.name} STRATEGY file_copy`)
      return databaseOn(admin, url, name)
    },
    checkpoint: async () => void (await admin.query('CHECKPOINT')),
    processorSeconds: () => processorSeconds(rows[0]!.pid),
    secondsWithoutVacuum: (ms) => secondsWithoutVacuum(rows[0]!.pid, ms),
    stop,
  }
}

async function durableSettings(admin: pg.Pool): Promise<ServerSettings> {
  const names = ['server_version', 'fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers']
  const { rows } = await admin.query<{ name: string; value: string }>(
    'SELECT name, current_setting(name) AS value FROM unnest($1::text[]) AS name',
    [names],
  )
  const settings = Object.fromEntries(rows.map(({ name, value }) => [name, value])) as unknown as ServerSettings
  if (settings.fsync !== 'on' || settings.synchronous_commit !== 'on') {
    throw new Error('What is measured must be durable: fsync and synchronous_commit have to be on.')
  }
  return settings
}

function databaseOn(admin: pg.Pool, serverUrl: string, name: string): Database {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return {
    name,
    url: url.href,
    query: (text, values) => queryOnce(url.href, text, values),
    drop: async () => void (await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  }
}

async function queryOnce<Row extends object>(url: string, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await (values.length > 0 ? client.query<Row>(text, values) : client.query<Row>(text))
    return rows
  } finally {
    await client.end()
  }
}
