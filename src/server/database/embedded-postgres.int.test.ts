import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { silentLogger } from '../logger.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { createTestDirectory } from './testing-directory.ts'

let directory: Awaited<ReturnType<typeof createTestDirectory>>
let dataDir: string

beforeAll(async () => {
  directory = await createTestDirectory('embedded')
  dataDir = path.join(directory.path, 'Daten für später')
})
afterAll(() => directory.remove())

const query = async (url: string, text: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}
const start = (place = dataDir) => startEmbeddedPostgres({ dataDir: place, logger: silentLogger })

/** Another process that starts the server and lives until it is killed. */
async function startElsewhere() {
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(path.join(import.meta.dirname, 'embedded-postgres.ts'))}
    import { silentLogger } from ${JSON.stringify(path.join(import.meta.dirname, '../logger.ts'))}
    const { url } = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, logger: silentLogger })
    process.stdout.write(url)
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [url] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, url: String(url) }
}

test('it runs in a path with spaces and umlauts, keeps its data, and stops', async () => {
  const first = await start()
  await query(first.url, 'CREATE TABLE kept AS SELECT 7 AS n')
  await first.stop()
  await expect(query(first.url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/)
  const second = await start()
  expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }])
  expect(await query(second.url, 'SHOW fsync')).toEqual([{ fsync: 'on' }])
  await second.stop()
})

test('a second start on the same data is refused, and names the first', async () => {
  const first = await start()
  await expect(start()).rejects.toThrow(`is in use by process ${process.pid}`)
  await first.stop()
})

test('after a kill -9 of the app, the next start takes its server over, and nothing is lost', async () => {
  const killed = await startElsewhere()
  await query(killed.url, 'CREATE TABLE survives AS SELECT 1 AS n')
  const exited = once(killed.child, 'exit')
  killed.child.kill('SIGKILL')
  await exited
  const next = await start()
  expect(await query(next.url, 'SELECT n FROM survives')).toEqual([{ n: 1 }])
  await next.stop()
})

/** A file that takes nothing stands where the server writes as it starts. */
test.runIf(existsSync('/dev/full'))(
  'one that dies of a full disk says so, and runs again once there is room',
  async () => {
    const complaints: string[] = []
    const logger = pino({ level: 'error' }, { write: (line: string) => void complaints.push(line) })
    const database = await startEmbeddedPostgres({ dataDir: path.join(directory.path, 'full'), logger })
    await query(database.url, 'CREATE TABLE kept AS SELECT 7 AS n')
    const [{ files } = {}] = await query(database.url, "SELECT current_setting('data_directory') AS files")
    const options = path.join(String(files), 'postmaster.opts')
    await rm(options)
    await symlink('/dev/full', options)
    process.kill(Number((await readFile(path.join(String(files), 'postmaster.pid'), 'utf8')).split('\n')[0]), 'SIGKILL')
    await expect.poll(() => database.isDiskFull).toBe(true)
    await rm(options)
    await expect.poll(() => database.isDiskFull).toBe(false)
    expect(await query(database.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }])
    // Once a minute, however often it is tried.
    expect(complaints).toEqual([
      expect.stringContaining('died'),
      expect.stringContaining('The disk is full: make room'),
    ])
    await database.stop()
  },
)

test.runIf(process.getuid?.() === 0)(
  'where its account cannot go, a data directory may be deleted, or moved away and back',
  async () => {
    const hidden = await mkdtemp(path.join(os.tmpdir(), 'waybill-hidden-'))
    await chmod(hidden, 0o700)
    const place = path.join(hidden, 'data')
    const placed: string[] = []
    const startThere = async () => {
      const server = await start(place)
      placed.push((await readFile(path.join(place, 'postgres-location'), 'utf8')).trim())
      return server
    }
    const first = await startThere()
    await query(first.url, 'CREATE TABLE kept AS SELECT 7 AS n')
    await first.stop()
    await rename(place, `${place}.away`)
    const second = await startThere()
    await expect(query(second.url, 'SELECT n FROM kept')).rejects.toThrow('does not exist')
    await second.stop()
    await rm(place, { recursive: true })
    await rename(`${place}.away`, place)
    const third = await startThere()
    expect(await query(third.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }])
    await third.stop()
    expect(placed).toEqual([placed[0], expect.not.stringMatching(placed[0] ?? ''), placed[0]])
    for (const each of [hidden, ...placed.map((directory) => path.dirname(directory))])
      await rm(each, { recursive: true, force: true })
  },
)
