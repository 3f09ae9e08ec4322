import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Logger, silentLogger } from '../logger.ts'
import { migrate } from './migrate.ts'
import { createTestDatabase } from './testing.ts'

const FUNCTION = `CREATE FUNCTION "double"(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN n := n * 2; RETURN n; END $$;`

let toys: string

beforeAll(async () => {
  toys = await mkdtemp(path.join(tmpdir(), 'toy-migrations-'))
})

afterAll(() => rm(toys, { recursive: true }))

/** A folder of migrations, each numbered by its place. */
async function folder(name: string, ...migrations: string[]): Promise<string> {
  const directory = path.join(toys, name)
  for (const [index, sql] of migrations.entries()) {
    await mkdir(path.join(directory, `${index}_step`), { recursive: true })
    await writeFile(path.join(directory, `${index}_step`, 'migration.sql'), sql)
  }
  return directory
}

async function rows(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat()
  } finally {
    await client.end()
  }
}

test('a fresh database gets every table, and a second start has nothing to do', async () => {
  await using database = await createTestDatabase('empty')
  await migrate(database.url, silentLogger)
  const tables = await rows(
    database.url,
    `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`,
  )
  expect(tables).toEqual(expect.arrayContaining(['messages', 'deliveries', 'attempts', '_prisma_migrations']))
  const history = () => rows(database.url, 'SELECT migration_name, finished_at IS NOT NULL FROM _prisma_migrations')
  const before = await history()
  await migrate(database.url, silentLogger)
  expect(await history()).toEqual(before)
})

test('only what is missing is applied, function bodies included', async () => {
  await using database = await createTestDatabase('empty')
  await migrate(database.url, silentLogger, await folder('first', 'CREATE TABLE a (); CREATE TABLE b ();'))
  await migrate(database.url, silentLogger, await folder('more', 'CREATE TABLE a (); CREATE TABLE b ();', FUNCTION))
  expect(await rows(database.url, 'SELECT double(21)')).toEqual([42])
  expect(await rows(database.url, 'SELECT migration_name FROM _prisma_migrations ORDER BY 1')).toEqual([
    '0_step',
    '1_step',
  ])
})

test('nodes that start together do not get in one another’s way', async () => {
  await using database = await createTestDatabase('empty')
  const directory = await folder('together', 'CREATE TABLE once (n int); INSERT INTO once VALUES (1);')
  const told = vi.fn()
  const logger = { info: told } as unknown as Logger
  await Promise.all(Array.from({ length: 5 }, () => migrate(database.url, logger, directory)))
  expect(told).toHaveBeenCalledTimes(1)
  expect(await rows(database.url, 'SELECT n FROM once')).toEqual([1])
  expect(await rows(database.url, 'SELECT count(*)::int FROM _prisma_migrations')).toEqual([1])
})

test('when one of several fails, nothing was changed, and a mended one goes through', async () => {
  await using database = await createTestDatabase('empty')
  const good = 'CREATE TABLE kept ();'
  const failing = await folder('failing', good, 'CREATE TABLE half (); SELECT 1/0;')
  const refusal = expect(migrate(database.url, silentLogger, failing)).rejects
  await refusal.toMatchObject({ name: 'StartupError', message: expect.stringContaining('division by zero') })
  expect(await rows(database.url, `SELECT to_regclass('kept'), to_regclass('_prisma_migrations')`)).toEqual([
    null,
    null,
  ])
  await migrate(database.url, silentLogger, await folder('mended', good, 'CREATE TABLE half ();'))
  expect(await rows(database.url, `SELECT to_regclass('half')::text`)).toEqual(['half'])
})

test('a database that a later version made is refused', async () => {
  await using database = await createTestDatabase('empty')
  await migrate(database.url, silentLogger, await folder('later', 'CREATE TABLE a ();', 'CREATE TABLE b ();'))
  const older = await folder('older', 'CREATE TABLE a ();')
  await expect(migrate(database.url, silentLogger, older)).rejects.toThrow(/newer than this version.*1_step/)
})

test('a migration edited after it was applied is refused', async () => {
  await using database = await createTestDatabase('empty')
  await migrate(database.url, silentLogger, await folder('original', 'CREATE TABLE a ();'))
  const edited = await folder('edited', 'CREATE TABLE a (n int);')
  await expect(migrate(database.url, silentLogger, edited)).rejects.toThrow(/0_step is not the one that was applied/)
})

test('a server that is not there is named, the password is not', async () => {
  const attempt = migrate('postgresql://me:hush-hush@127.0.0.1:1/waybill', silentLogger)
  await expect(attempt).rejects.toMatchObject({ name: 'StartupError', message: expect.stringContaining('127.0.0.1:1') })
  await expect(attempt).rejects.not.toThrow(/hush/)
})

test('a wrong password and a missing database are told apart', async () => {
  await using database = await createTestDatabase('empty')
  const wrongPassword = new URL(database.url)
  wrongPassword.password = 'hush-hush'
  await expect(migrate(wrongPassword.href, silentLogger)).rejects.toThrow(/does not let in the user waybill/)
  const missing = new URL(database.url)
  missing.pathname = '/nowhere'
  await expect(migrate(missing.href, silentLogger)).rejects.toThrow(/no database nowhere/)
})

test('a database that holds something else is left alone, and an empty one asked for', async () => {
  await using database = await createTestDatabase('empty')
  await rows(database.url, 'CREATE TABLE of_another_app ()')
  await expect(migrate(database.url, silentLogger)).rejects.toMatchObject({
    name: 'StartupError',
    message: expect.stringMatching(/not empty[\s\S]*Nothing was changed.*an empty database in DATABASE_URL/),
  })
})

test('a user who may not make tables is told so in two lines', async () => {
  await using database = await createTestDatabase('empty')
  const role = `poor_${crypto.randomUUID().slice(0, 8)}`
  await rows(database.url, `CREATE ROLE ${role} LOGIN PASSWORD 'poor'`)
  const url = new URL(database.url)
  Object.assign(url, { username: role, password: 'poor' })
  const attempt = migrate(url.href, silentLogger)
  await expect(attempt).rejects.toThrow(/permission denied for schema public\n.*npm run waybill -- migrate$/)
})

test('a server that takes the connection and never answers is given up', { timeout: 20_000 }, async () => {
  const server = createServer(() => undefined).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await expect(migrate(`postgresql://me:x@127.0.0.1:${port}/waybill`, silentLogger)).rejects.toMatchObject({
    name: 'StartupError',
    message: expect.stringMatching(new RegExp(`127.0.0.1:${port} cannot be reached .*timeout`)),
  })
  server.close()
})
