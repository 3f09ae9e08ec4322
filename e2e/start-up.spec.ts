import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import pg from 'pg'
import { createTestDirectory } from '../src/server/database/testing-directory.ts'
import { freePort } from './own-app.ts'
import { expect, newPerson, type Person, test } from './people.ts'

let directory: Awaited<ReturnType<typeof createTestDirectory>>
let parent: string
let dataDir: string

test.beforeEach(async () => {
  directory = await createTestDirectory('start-up')
  parent = directory.path
  dataDir = path.join(parent, 'Daten für später')
})

test.afterEach(() => directory.remove())

interface Run {
  child: ChildProcess
  url: string
  /** What it has written so far. */
  text(): string
  /** Its exit code, once it has ended. */
  ended: Promise<number | null>
}

/** As a person would, by npm; or the app alone. */
function run(env: Record<string, string>, port: number, by: 'npm' | 'node' = 'node'): Run {
  const [program, ...args] = by === 'npm' ? ['npm', 'start'] : [process.execPath, 'src/tools/start.mjs']
  const child = spawn(program ?? '', args, {
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += String(chunk)))
  const ended = once(child, 'close').then(([code]) => code as number | null)
  return { child, url: `http://localhost:${port}`, text: () => text, ended }
}

async function started(by: 'npm' | 'node' = 'node', env: Record<string, string> = {}): Promise<Run> {
  const app = run(env, await freePort(), by)
  await Promise.race([
    expect.poll(app.text, { timeout: 30_000 }).toContain(`Waybill is ready: ${app.url}`),
    app.ended.then(() => Promise.reject(new Error(app.text()))),
  ])
  return app
}

/** Expects that it ends at once, with one message of two lines and nothing else. */
async function refused(env: Record<string, string>, port?: number): Promise<string> {
  const app = run(env, port ?? (await freePort()))
  expect(await app.ended, app.text()).toBe(1)
  expect(app.text()).not.toMatch(/^\s+at /m)
  return app.text()
}

async function stop({ child, ended }: Run): Promise<void> {
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
}

const post = async ({ url }: Run, procedure: string, json: object) => {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/api/trpc/${procedure}`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ json }),
  })
  const { result } = (await response.json()) as { result: { data: { json: { outcome: string } } } }
  return result.data.json.outcome
}
const signUp = (app: Run, person: Person) =>
  post(app, 'accounts.signUp', { ...person, phone: '', idempotencyKey: crypto.randomUUID() })
const logIn = (app: Run, { email, password }: Person) => post(app, 'accounts.logIn', { email, password })

const holder = async () => {
  const { pid } = JSON.parse(await readFile(path.join(dataDir, 'app.lock'), 'utf8')) as { pid: number }
  return pid
}
const databasePid = async () => {
  const [pid] = (await readFile(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')
  return Number(pid)
}
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGKILL'] as const) {
  test(`npm start that gets ${signal} takes the app and its database along`, async () => {
    const npm = await started('npm')
    const [app, database] = [await holder(), await databasePid()]
    npm.child.kill(signal)
    const code = await npm.ended
    if (signal !== 'SIGKILL') expect(code).toBe(0)
    await expect.poll(() => [isAlive(app), isAlive(database)]).toEqual([false, false])
    expect(await readdir(dataDir)).not.toContain('app.lock')
  })
}

test('after a kill -9 of the app, and of its database too, everybody is still there', async () => {
  const people = [newPerson(), newPerson()] as const
  const first = await started()
  expect(await signUp(first, people[0])).toBe('created')
  const database = await databasePid()
  first.child.kill('SIGKILL')
  await first.ended
  const second = await started()
  expect(await databasePid(), 'the server that was left is taken over').toBe(database)
  expect(await logIn(second, people[0])).toBe('signed-in')
  expect(await signUp(second, people[1])).toBe('created')
  second.child.kill('SIGKILL')
  process.kill(database, 'SIGKILL')
  await second.ended
  const third = await started()
  for (const person of people) expect(await logIn(third, person)).toBe('signed-in')
  await stop(third)
})

test('a second start on the same data says who has it, and leaves the first alone', async () => {
  const first = await started()
  expect(await refused({})).toContain(`DATA_DIR ${dataDir} is in use by process ${first.child.pid}.\nStop it`)
  expect(await signUp(first, newPerson())).toBe('created')
  await stop(first)
})

test('what keeps it from starting is named, with the way out, and nothing is left', async () => {
  const taken = createServer().listen(await freePort(), '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as { port: number }
  expect(await refused({}, port)).toMatch(new RegExp(`^Port ${port} on 127.0.0.1 is taken .*\\n.*PORT=3001`))
  const unreachable = { DATABASE_URL: `postgresql://me:hush@127.0.0.1:1/waybill`, APP_SECRET: 'x'.repeat(32) }
  expect(await refused(unreachable)).toMatch(/^The database at 127\.0\.0\.1:1 cannot be reached.*\n.*DATABASE_URL/)
  expect(await refused({ ...unreachable, APP_SECRET: '' })).toMatch(
    /^Cannot start: APP_SECRET is not set\.\nAPP_SECRET: /,
  )
  expect(await refused({ LOG_LEVEL: 'loud' })).toMatch(/^Cannot start: LOG_LEVEL does not fit: "loud"\.\nLOG_LEVEL: /)
  await writeFile(path.join(parent, 'file'), '')
  expect(await refused({ DATA_DIR: path.join(parent, 'file', 'data') })).toMatch(/^DATA_DIR .* is not a directory\.\n/)
  expect(await readdir(parent)).toEqual(['file'])
  taken.close()
})

test('a database of a later version is refused, and left as it was', async () => {
  const first = await started()
  const password = (await readFile(path.join(dataDir, 'postgres-password'), 'utf8')).trim()
  const [, , , port] = (await readFile(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')
  const client = new pg.Client(`postgresql://waybill:${password}@127.0.0.1:${port}/waybill`)
  await client.connect()
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', '', '2999_later', now())`,
  )
  await client.end()
  await stop(first)
  expect(await refused({})).toMatch(
    /newer than this version of Waybill: .* 2999_later\.\nStart the version that made it/,
  )
  expect(await readdir(dataDir)).not.toContain('app.lock')
})

test('another APP_SECRET than the one its secrets were sealed with is refused', async () => {
  const first = await started()
  // Somebody's name is no secret, whatever it looks like.
  expect(await signUp(first, newPerson('sealed:v1:AAAA'))).toBe('created')
  await stop(first)
  expect(await refused({ APP_SECRET: 'another secret of 32 characters!' })).toMatch(
    /^APP_SECRET does not fit the database.*\n.*app-secret/,
  )
  await stop(await started())
})
