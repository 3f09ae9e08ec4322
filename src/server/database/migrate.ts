import path from 'node:path'
import pg from 'pg'
import type { Logger } from '../logger.ts'
import { StartupError } from '../startup-error.ts'
import { type MigrationFile, readMigrations } from './migration-files.ts'
import { type AppliedMigration, type Comparison, compareHistory } from './migration-history.ts'
import { openSchemaEngine } from './schema-engine.ts'
import { unreachable } from './unreachable.ts'

/** Where the build's own migrations are. */
export const MIGRATIONS = path.resolve(import.meta.dirname, '../../../prisma/migrations')

// Any number will do, but the same on every node, and not Prisma's own (72707369), which its engine takes.
const MIGRATION_LOCK = 7_249_245_510

/**
 * Brings a database to the state this build expects, with Prisma's own engine; `prisma migrate deploy` would do the same.
 *
 * All that is missing is applied in one transaction: killed at any moment, the database is as it was before. Nodes
 * that start together wait for one another.
 *
 * @throws StartupError when the database cannot be reached, is newer than this build, or a migration fails.
 */
export async function migrate(url: string, logger: Logger, directory: string = MIGRATIONS): Promise<void> {
  const files = await readMigrations(directory)
  const pool = new pg.Pool({
    connectionString: url,
    // One connection that is never given back: every statement of the engine's runs in our transaction.
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: 10_000,
  })
  pool.on('error', () => undefined)
  try {
    await checkServer(pool, url)
    if (isCurrent(await compare(pool, files))) return
    await bringUp(pool, files, { logger, directory })
  } finally {
    await pool.end()
  }
}

const OLDEST_POSTGRES = 13

async function checkServer(pool: pg.Pool, url: string): Promise<void> {
  const { rows } = await pool
    .query<{ version: string }>(`SELECT current_setting('server_version') AS version`)
    .catch((error: unknown) => {
      throw unreachable(url, error)
    })
  const version = rows[0]?.version ?? ''
  if (Number.parseInt(version, 10) >= OLDEST_POSTGRES) return
  throw new StartupError(
    `The database of DATABASE_URL is PostgreSQL ${version}.`,
    `Waybill needs PostgreSQL ${OLDEST_POSTGRES} or later. Without DATABASE_URL the built-in one is used.`,
  )
}

async function bringUp(
  pool: pg.Pool,
  files: readonly MigrationFile[],
  { logger, directory }: { logger: Logger; directory: string },
): Promise<void> {
  await pool.query('BEGIN')
  await pool.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
  const comparison = await compare(pool, files)
  if (comparison.outcome === 'behind') {
    logger.info({ migrations: comparison.missing }, 'bringing the database up to date')
    await apply(pool, files, directory)
  } else {
    isCurrent(comparison)
  }
  await pool.query('COMMIT')
}

async function apply(pool: pg.Pool, files: readonly MigrationFile[], directory: string): Promise<void> {
  let scriptError: unknown
  const engine = await openSchemaEngine({
    database: pool,
    onScriptError: (error) => {
      scriptError ??= error
    },
  })
  try {
    await engine.applyMigrations({
      migrationsList: {
        baseDir: directory,
        lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
        shadowDbInitScript: '',
        migrationDirectories: files.map(({ name, sql }) => ({
          path: name,
          migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
        })),
      },
      filters: { externalTables: [], externalEnums: [] },
    })
  } catch (cause) {
    throw notBroughtUp(scriptError ?? cause, cause)
  } finally {
    engine.free()
  }
}

function notBroughtUp(reason: unknown, cause: unknown): StartupError {
  const text = reason instanceof Error ? reason.message : String(reason)
  // The engine adds where in its own code that was.
  const [problem = ''] = text.split(/\n\s+0: /, 1)
  const wayOut = WAYS_OUT.find(([pattern]) => pattern.test(problem))?.[1] ?? MEND
  return new StartupError(
    `The database could not be brought up to date: ${problem.trim()}`,
    `Nothing was changed. ${wayOut}`,
    { cause },
  )
}

const MEND = 'Put right what it complains about, or install the previous version again.'
const WAYS_OUT: readonly (readonly [RegExp, string])[] = [
  [
    /permission denied/,
    'Let the user in DATABASE_URL make tables, or bring it up to date as one who may: npm run waybill -- migrate',
  ],
  [/schema is not empty/, 'It holds tables that are not Waybill’s: name an empty database in DATABASE_URL.'],
]

async function compare(pool: pg.Pool, files: readonly MigrationFile[]): Promise<Comparison> {
  if (!(await hasHistory(pool))) return compareHistory(files, [])
  const history = await pool.query<AppliedMigration>(
    'SELECT migration_name, checksum, finished_at, rolled_back_at FROM _prisma_migrations ORDER BY started_at',
  )
  return compareHistory(files, history.rows)
}

/**
 * Reads the catalog itself: `to_regclass` would answer a node that waited for the lock from its memory, which is
 * older than what the other node committed meanwhile.
 */
async function hasHistory(pool: pg.Pool): Promise<boolean> {
  const { rowCount } = await pool.query(
    `SELECT FROM pg_tables WHERE tablename = '_prisma_migrations' AND schemaname = ANY (current_schemas(false))`,
  )
  return rowCount === 1
}

/** @throws StartupError when nothing that this build could do would make it current. */
function isCurrent(comparison: Comparison): boolean {
  switch (comparison.outcome) {
    case 'current':
      return true
    case 'behind':
      return false
    case 'newer':
      throw new StartupError(
        `The database is newer than this version of Waybill: it has been through ${comparison.name}.`,
        'Start the version that made it, or a later one.',
      )
    case 'changed':
      throw new StartupError(
        `The migration ${comparison.name} is not the one that was applied to the database: its text differs.`,
        'Bring back the file as it was; put changes into a new migration.',
      )
    case 'unfinished':
      throw new StartupError(
        `The migration ${comparison.name} was begun by prisma migrate and did not finish.`,
        `Look at the database, then say what holds: npx prisma migrate resolve --applied (or --rolled-back) ${comparison.name}`,
      )
  }
}
