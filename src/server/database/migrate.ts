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
    await firstQuery(pool, url)
    if (isCurrent(await compare(pool, files))) return
    await bringUp(pool, files, { logger, directory })
  } finally {
    await pool.end()
  }
}

async function firstQuery(pool: pg.Pool, url: string): Promise<void> {
  try {
    await pool.query('SELECT')
  } catch (error) {
    throw unreachable(url, error)
  }
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
    const reason = scriptError ?? cause
    const text = reason instanceof Error ? reason.message : String(reason)
    const wayOut = 'Nothing was changed. Put right what it complains about, or install the previous version again.'
    throw new StartupError(`The database could not be brought up to date: ${text}`, wayOut, { cause })
  } finally {
    engine.free()
  }
}

async function compare(pool: pg.Pool, files: readonly MigrationFile[]): Promise<Comparison> {
  const { rows } = await pool.query<{ found: boolean }>(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found`)
  if (!rows[0]?.found) return compareHistory(files, [])
  const history = await pool.query<AppliedMigration>(
    'SELECT migration_name, checksum, finished_at, rolled_back_at FROM _prisma_migrations ORDER BY started_at',
  )
  return compareHistory(files, history.rows)
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
