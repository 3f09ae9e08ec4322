import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Bus, createCatalog, createRegistry, createSealer, defineCommand, handle } from '../bus/index.ts'
import type { PostgresStorage } from '../postgres/index.ts'
import { createHandling, type DispatcherEvent, type Handling } from '../runtime/index.ts'
import { createTestDatabase, type TestDatabase } from './database/testing.ts'
import { checkHealth } from './health.ts'
import { TEST_SECRET } from './testing/node-process.ts'
import { openTestStorage } from './testing/test-storage.ts'

const Count = defineCommand('test.count', { version: 1, body: z.object({ number: z.int() }), reply: z.object({}) })
const BACK_WITHIN_MS = 8_000

describe('a database that goes away', () => {
  let database: TestDatabase
  let admin: pg.Client
  let storage: PostgresStorage
  let handling: Handling
  let bus: Bus
  let events: DispatcherEvent[]

  beforeEach(async () => {
    database = await createTestDatabase()
    const server = new URL(database.url)
    server.pathname = '/postgres'
    admin = new pg.Client({ connectionString: server.href })
    await admin.connect()
    storage = openTestStorage(database.url, { poolSize: 8 })
    await storage.pool.query('CREATE TABLE effects (number int NOT NULL)')
    events = []
    const retry = { maxAttempts: 8, firstDelayMs: 50 }
    const registry = createRegistry([
      {
        name: 'test',
        messages: [Count],
        subscriptions: [
          handle(Count, { retry }, async ({ number }, { tx }) => {
            await tx.query('INSERT INTO effects (number) VALUES ($1)', [number])
            return {}
          }),
        ],
      },
    ])
    handling = createHandling({
      registry,
      catalog: createCatalog(registry.definitions, createSealer(TEST_SECRET)),
      clock: { now: () => new Date() },
      storage,
      observe: (event) => void events.push(event),
      leaseMs: 2_000,
      pollMs: 1_000,
      graceMs: 5_000,
      maxInFlight: 200,
    })

    bus = handling.bus
    await storage.start()
    handling.dispatcher.start()
  })
  afterEach(async () => {
    await handling.stop()
    await storage.stop()
    await admin.end()
    await database.drop()
  })

  const name = () => new URL(database.url).pathname.slice(1)
  const takeAway = async () => {
    await admin.query(`ALTER DATABASE ${name()} ALLOW_CONNECTIONS false`)
    await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name()])
  }
  const giveBack = () => admin.query(`ALTER DATABASE ${name()} ALLOW_CONNECTIONS true`)
  const send = (from: number, to: number) =>
    Promise.all(Array.from({ length: to - from + 1 }, (_, index) => bus.send(Count, { number: from + index })))
  const effects = async () => {
    const { rows } = await storage.pool.query<{ number: number }>('SELECT number FROM effects ORDER BY number')
    return rows.map((row) => row.number)
  }
  const oneTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)
  const health = () =>
    checkHealth({
      pool: storage.pool,
      disk: storage.disk,
      server: { isDiskFull: false },
      wake: storage.wake,
      migrations: 'applied',
      dispatcher: handling.dispatcher,
      feed: null,
    })
  const failures = () => events.filter((each) => each.event === 'dispatcher.failed').length

  it('O5: nothing is lost and nothing doubled, it says so meanwhile, and does not ask in a tight loop', async () => {
    await send(1, 100)
    await expect.poll(async () => (await effects()).length).toBeGreaterThan(0)
    await takeAway()
    await expect.poll(() => handling.dispatcher.isHealthy).toBe(false)
    const away = await health()
    expect([away.database.ok, away.dispatcher.ok]).toEqual([false, false])
    await expect(send(200, 200)).rejects.toThrow()
    // The fourth try comes after 0.9 to 1.75 s of backing off.
    await expect.poll(failures).toBeGreaterThanOrEqual(4)

    // The attempts that were cut, and a handful of looks: not as many as fit into the time.
    expect(failures()).toBeLessThan(60)

    await giveBack()
    await expect.poll(() => handling.dispatcher.isHealthy, { timeout: BACK_WITHIN_MS }).toBe(true)
    await expect.poll(() => storage.wake.isListening, { timeout: BACK_WITHIN_MS }).toBe(true)
    await send(101, 120)
    await expect.poll(effects).toEqual(oneTo(120))
    const back = await health()
    expect(back.database.ok && back.dispatcher.ok).toBe(true)
    expect(events.some((each) => each.event === 'dispatcher.recovered')).toBe(true)
  })

  it('O5: a LISTEN connection that was cut is rebuilt, and hears other nodes again', async () => {
    await admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND application_name = 'waybill listen'`,
      [name()],
    )
    await expect.poll(() => storage.wake.isListening).toBe(false)
    await expect.poll(() => storage.wake.isListening, { timeout: BACK_WITHIN_MS }).toBe(true)
    const heard = Promise.withResolvers<string>()
    const stop = storage.wake.listen(heard.resolve)
    await storage.pool.query(`SELECT pg_notify('waybill_wake', 'work another-node')`)
    expect(await heard.promise).toBe('work')
    stop()
  })
})
