import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import {
  createRegistry,
  defineCommand,
  defineEvent,
  handle,
  type Module,
  secret,
  subscribe,
  subscribeOutside,
} from '../../bus/index.ts'
import { createTestDatabase, type TestDatabase } from '../../server/database/testing.ts'
import { startNode, type TestNode } from '../../server/testing/nodes.ts'
import { rollUpPage } from '../roll-up/roll-up.ts'
import { createTopologyQuery } from './topology.ts'
import { createTrafficQuery } from './traffic.ts'
import { createTypeQueries, type TypeQueries } from './types.ts'

const Order = defineCommand('shop.order', {
  version: 2,
  body: z.object({ n: z.int(), pin: secret(z.string()) }),
  reply: z.object({ total: z.int() }),
  upcast: { 1: (old) => ({ ...(old as { n: number }), pin: '0000' }) },
})
const Ordered = defineEvent('shop.ordered', {
  description: 'Somebody has ordered.',
  version: 1,
  body: z.object({ n: z.int() }),
})
const Returned = defineEvent('shop.returned', { version: 1, body: z.object({}) })

const place = handle(Order, {}, async ({ n }, { publish }) => {
  publish(Ordered, { n })
  return { total: n }
})
const pack = subscribe(Ordered, 'shop.pack', { retry: { maxAttempts: 1 }, outage: null }, async ({ n }) => {
  if (n === 0) throw new Error('the box is torn')
})
const tell = subscribeOutside(Ordered, 'shop.tell', {}, async () => {})
const shopOf = (subscriptions: Module['subscriptions']): Module => ({
  name: 'shop',
  messages: [Order, Ordered, Returned],
  subscriptions,
})

describe('types of messages', () => {
  let database: TestDatabase
  let node: TestNode
  let queries: TypeQueries

  const partsOf = (module: Module) => {
    const { pool } = node.storage
    const clock = { now: () => new Date() }
    return { pool, clock, registry: createRegistry([module]), trafficIn: createTrafficQuery(pool, clock) }
  }

  beforeAll(async () => {
    database = await createTestDatabase()
    const shop = shopOf([place, pack, tell])
    node = await startNode(database.url, () => [shop])
    const { pool } = node.storage
    for (let n = 0; n < 4; n += 1) await node.bus.send(Order, { n, pin: '1234' })
    await vi.waitFor(async () => {
      const { rowCount } = await pool.query('SELECT FROM deliveries WHERE settled_at IS NULL')
      if (rowCount !== 0) throw new Error(`${rowCount} are not handled yet.`)
    }, 10_000)
    while (await rollUpPage(pool));
    queries = createTypeQueries(partsOf(shop))
  })
  afterAll(async () => {
    await node.stop()
    await database.drop()
  })

  it('tells of each what it says, where somebody wrote that down', async () => {
    expect(queries.descriptions()).toEqual({ 'shop.ordered': 'Somebody has ordered.' })
    const types = await queries.types('1h')
    expect(types.map((each) => each.description)).toEqual([null, 'Somebody has ordered.', null])
  })

  it('lists each with what was sent of it, also what nobody sent', async () => {
    const types = await queries.types('1h')
    expect(types.map(({ name, kind, sent, handlers }) => [name, kind, sent, handlers])).toEqual([
      ['shop.order', 'command', 4, 1],
      ['shop.ordered', 'event', 4, 2],
      ['shop.returned', 'event', 0, 0],
    ])
    expect(types[1]!.errorShare).toBeCloseTo(1 / 8)
    expect(types[1]!.trend.reduce((sum, each) => sum + each, 0)).toBe(4)
  })

  it('says of one who sent and who handled it, and what is in it', async () => {
    const order = (await queries.type({ name: 'shop.order', range: '1h' }))!
    expect(order.senders).toEqual([{ subscription: null, count: 4, isKnown: true }])
    expect(order.contract).toMatchObject([{ version: 2, reads: [1], sent: 4 }])
    expect(order.contract[0]!.fields.find((each) => each.path === 'pin')?.classification).toBe('secret')
    expect(order.reply?.map((each) => each.path)).toEqual(['total'])
    const ordered = (await queries.type({ name: 'shop.ordered', range: '1h' }))!
    expect(ordered.senders).toEqual([{ subscription: 'shop.order', count: 4, isKnown: true }])
    expect(ordered.receivers.map(({ subscription, kind, attempts }) => [subscription, kind, attempts])).toEqual([
      ['shop.pack', 'transactional', 4],
      ['shop.tell', 'effectful', 4],
    ])
    expect(ordered.reply).toBeNull()
    expect(await queries.type({ name: 'shop.nothing', range: '1h' })).toBeNull()
  })

  it('tells a handler that this build has no more from one that it has', async () => {
    const later = createTypeQueries(partsOf(shopOf([place, tell])))
    const { receivers } = (await later.type({ name: 'shop.ordered', range: '1h' }))!
    expect(receivers.map(({ subscription, isKnown }) => [subscription, isKnown])).toEqual([
      ['shop.tell', true],
      ['shop.pack', false],
    ])
  })

  describe('the map of them', () => {
    const topologyOf = (module: Module) =>
      createTopologyQuery({
        ...partsOf(module),
        recurring: node.storage.recurring,
        handlersIn: async () => [],
      })('1h')

    it('has the routes that are declared and those that were seen', async () => {
      const { routes, types } = await topologyOf(shopOf([place, pack, tell]))
      expect(routes).toEqual([
        { from: 't:shop.order', to: 'h:shop.order', count: 4, status: 'seen' },
        { from: 't:shop.ordered', to: 'h:shop.pack', count: 4, status: 'seen' },
        { from: 't:shop.ordered', to: 'h:shop.tell', count: 4, status: 'seen' },
        { from: 'h:shop.order', to: 't:shop.ordered', count: 4, status: 'seen' },
      ])
      expect(types.map(({ name, sent, fromOutside }) => [name, sent, fromOutside])).toEqual([
        ['shop.order', 4, 4],
        ['shop.ordered', 4, 0],
        ['shop.returned', 0, 0],
      ])
    })

    it('tells what is only declared, and what this build does not declare any more', async () => {
      const listen = subscribe(Returned, 'shop.refund', {}, async () => {})
      const { routes, handlers } = await topologyOf(shopOf([place, tell, listen]))
      const statusOf = (to: string) => routes.find((each) => each.to === to)?.status
      expect(statusOf('h:shop.refund')).toBe('declared')
      expect(statusOf('h:shop.pack')).toBe('undeclared')
      expect(handlers.find((each) => each.name === 'shop.pack')?.isKnown).toBe(false)
    })
  })
})
