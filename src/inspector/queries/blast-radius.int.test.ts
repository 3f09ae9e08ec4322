import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import {
  createRegistry,
  defineCommand,
  defineEvent,
  handle,
  type Module,
  subscribe,
  subscribeOutside,
} from '../../bus/index.ts'
import { createTestDatabase, type TestDatabase } from '../../server/database/testing.ts'
import { startNode, type TestNode } from '../../server/testing/nodes.ts'
import { rollUpPage } from '../roll-up/roll-up.ts'
import { findBlastRadius } from './blast-radius.ts'

const reply = z.object({})
const Order = defineCommand('shop.order', { version: 1, body: z.object({ n: z.int() }), reply })
const Ordered = defineEvent('shop.ordered', { version: 1, body: z.object({ n: z.int() }) })
const once = { retry: { maxAttempts: 1 }, outage: null }

const fail = (n: number) => {
  if (n < 2) throw new Error('the shop is shut')
}
const place = handle(Order, once, async ({ n }, { publish }) => {
  fail(n)
  publish(Ordered, { n })
  publish(Ordered, { n })
  return {}
})
const ring = subscribeOutside(Ordered, 'shop.ring', once, async ({ n }) => {
  if (n === 2) throw new Error('nobody is in')
})
const count = subscribe(Ordered, 'shop.count', once, async () => {
  throw new Error('the abacus is broken')
})
const shopOf = (...subscriptions: Module['subscriptions']): Module => ({
  name: 'shop',
  messages: [Order, Ordered],
  subscriptions,
})

describe('what a retry sets off again', () => {
  let database: TestDatabase
  let node: TestNode
  const all = { by: 'filter', subscription: null, text: null } as const
  const asOf = new Date(Date.now() + 60_000).toISOString()
  const blastOf = (module: Module) =>
    findBlastRadius({ pool: node.storage.pool, registry: createRegistry([module]) }, asOf, all)

  beforeAll(async () => {
    database = await createTestDatabase()
    node = await startNode(database.url, () => [shopOf(place, ring, count)])
    for (let n = 0; n < 5; n += 1) await node.bus.send(Order, { n })
    await vi.waitFor(async () => {
      const { rowCount } = await node.storage.pool.query('SELECT FROM deliveries WHERE settled_at IS NULL')
      if (rowCount !== 0) throw new Error(`${rowCount} are not handled yet.`)
    }, 10_000)
    while (await rollUpPage(node.storage.pool));
  })
  afterAll(async () => {
    await node.stop()
    await database.drop()
  })

  it('says of each handler how often it runs, how surely once, and what it sends by history', async () => {
    expect(await blastOf(shopOf(place, ring, count))).toEqual([
      { subscription: 'shop.count', count: 6, observed: 0, kind: 'transactional', emits: [] },
      {
        ...{ subscription: 'shop.order', count: 2, observed: 3, kind: 'transactional' },
        emits: [{ name: 'shop.ordered', each: 2 }],
      },
      { subscription: 'shop.ring', count: 2, observed: 4, kind: 'effectful', emits: [] },
    ])
  })

  it('says of a handler that this build has no more that it will wait', async () => {
    const blast = await blastOf(shopOf(place, count))
    expect(blast.find((each) => each.subscription === 'shop.ring')?.kind).toBeNull()
  })
})
