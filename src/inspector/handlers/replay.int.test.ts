import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  busModule,
  createCatalog,
  createRegistry,
  createSealer,
  defineEvent,
  type Module,
  newId,
  planReplay,
  subscribeOutside,
} from '../../bus/index.ts'
import { createTestBus, TEST_SECRET, type TestBus } from '../../bus/testing/index.ts'
import type { PostgresStorage } from '../../postgres/index.ts'
import { createTestDatabase, type TestDatabase } from '../../server/database/testing.ts'
import { openTestStorage } from '../../server/testing/test-storage.ts'
import { createInspectorModule } from '../index.ts'
import { Replay } from '../replay-messages.ts'

const Ordered = defineEvent('shop.ordered', { version: 1, body: z.object({ item: z.string() }) })
const actorId = newId()
const EVER = { from: '2000-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' }

describe('replay', () => {
  let database: TestDatabase
  let storage: PostgresStorage
  let handled: string[]
  const buses: TestBus[] = []

  beforeEach(async () => {
    database = await createTestDatabase()
    storage = openTestStorage(database.url, { poolSize: 8, maxAttemptsOf: () => 1 })
    handled = []
  })
  afterEach(async () => {
    for (const bus of buses.splice(0)) bus.stop()
    await storage.stop()
    await database.drop()
  })

  /** A build with, or without, the subscription that came later. */
  const build = (withLater: boolean): TestBus => {
    const note = (name: string) =>
      subscribeOutside(
        Ordered,
        name,
        { skip: ({ item }) => (item === 'dull' ? 'not worth it' : null) },
        async ({ item }) => void handled.push(`${name} ${item}`),
      )
    const shop: Module = {
      name: 'shop',
      messages: [Ordered],
      subscriptions: withLater ? [note('shop.first'), note('shop.later')] : [note('shop.first')],
    }
    const inspector = createInspectorModule({
      clock: { now: () => new Date() },
      deliveries: storage.deliveries,
      outbox: storage.outbox,
      handlerSettings: storage.handlerSettings,
      planEdited: () => {
        throw new Error('not here')
      },
      planReplay: async (envelope, subscription) => planReplay({ catalog, registry }, envelope, subscription),
      messageOf: (name) => registry.subscriptions.get(name)?.subscription.message.name,
      findHandler: () => ({ alwaysRuns: null }),
    })
    const registry = createRegistry([busModule, shop, inspector])
    const catalog = createCatalog(registry.definitions, createSealer(TEST_SECRET))
    const test = createTestBus(storage, [busModule, shop, inspector])
    buses.push(test)
    return test
  }
  const replay = async (test: TestBus, subscription = 'shop.later', range = EVER) => {
    let isAnswered = false
    const asked = test.bus.execute(Replay, { subscription, actorId, ...range }, { timeoutMs: 20_000 }).finally(() => {
      isAnswered = true
    })
    // What is drained first may be what was published before: only the answer says that the replay was handled.
    const untilAnswered = async () => {
      await test.drain()
      return isAnswered
    }
    await expect.poll(untilAnswered, { timeout: 20_000 }).toBe(true)
    await test.drain()
    return (await asked).reply.outcome
  }
  const laterOnes = () => handled.filter((each) => each.startsWith('shop.later')).sort()

  it('gives a new subscription what it has not had, once, and tells the feed', async () => {
    const before = build(false)
    for (const item of ['hat', 'coat', 'dull']) await before.bus.publish(Ordered, { item })
    await before.drain()
    const after = build(true)
    await after.bus.publish(Ordered, { item: 'scarf' })
    expect(await replay(after)).toBe('started')
    expect(laterOnes()).toEqual(['shop.later coat', 'shop.later hat', 'shop.later scarf'])
    const { rows } = await storage.pool.query(
      `SELECT d.state, d.reason, EXISTS (SELECT 1 FROM changes AS c WHERE d.id = ANY (c.delivery_ids)) AS noted
       FROM deliveries AS d WHERE subscription = 'shop.later' AND reason IS NOT NULL`,
    )
    expect(rows).toEqual([{ state: 'skipped', reason: 'not worth it', noted: true }])
    await replay(after)
    expect(laterOnes()).toHaveLength(3)
    expect(handled.filter((each) => each.startsWith('shop.first'))).toHaveLength(3)
  })

  it('goes on part by part through more than one part holds', async () => {
    const before = build(false)
    await Promise.all(Array.from({ length: 1_200 }, (_, index) => before.bus.publish(Ordered, { item: `${index}` })))
    const after = build(true)
    await replay(after)
    expect(new Set(laterOnes()).size).toBe(1_200)
    const { rows } = await storage.pool.query<{ body: object }>(
      `SELECT body FROM messages WHERE name = 'inspector.messages-replayed'`,
    )
    expect(rows.map((each) => each.body)).toMatchObject([{ replayed: 1_200 }])
  })

  it('keeps to its time, and says when there is no such subscription', async () => {
    const before = build(false)
    await before.bus.publish(Ordered, { item: 'hat' })
    const after = build(true)
    await replay(after, 'shop.later', { from: EVER.from, to: '2001-01-01T00:00:00.000Z' })
    expect(laterOnes()).toEqual([])
    expect(await replay(after, 'shop.nobody')).toBe('unknown')
  })
})
