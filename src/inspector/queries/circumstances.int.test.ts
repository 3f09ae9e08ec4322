import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createRegistry, defineCommand, defineEvent, handle, type Module, subscribe } from '../../bus/index.ts'
import { createTestDatabase, type TestDatabase } from '../../server/database/testing.ts'
import { startNode, type TestNode } from '../../server/testing/nodes.ts'
import { findUnusual } from '../model/explain/usual-shape.ts'
import { rollUpPage } from '../roll-up/roll-up.ts'
import { findCircumstances } from './circumstances.ts'
import { createUsual } from './usual.ts'

const Pack = defineCommand('shop.pack', { version: 1, body: z.object({ n: z.int() }), reply: z.object({}) })
const Packed = defineEvent('shop.packed', { version: 1, body: z.object({}) })

const shop: Module = {
  name: 'shop',
  messages: [Pack, Packed],
  subscriptions: [
    handle(Pack, { order: { whenDead: 'wait' }, retry: { maxAttempts: 1 }, outage: null }, async ({ n }) => {
      if (n < 0) throw new Error('no box')
      return {}
    }),
    subscribe(Packed, 'shop.count', {}, async () => {}),
    subscribe(Packed, 'shop.greet', {}, async () => {}),
  ],
}
const NOTHING = { shape: null, durations: new Map() }

describe('what says why a delivery stands as it does', () => {
  let database: TestDatabase
  let node: TestNode

  beforeAll(async () => {
    database = await createTestDatabase()
    node = await startNode(database.url, () => [shop])
  })
  afterAll(async () => {
    await node.stop()
    await database.drop()
  })

  const deliveriesOf = async (name: string) => {
    const { rows } = await node.storage.pool.query<{ id: string; subscription: string; state: 'pending' | 'dead' }>(
      'SELECT d.id, d.subscription, d.state FROM deliveries AS d JOIN messages AS m ON m.id = d.message_id WHERE m.name = $1 ORDER BY m.id',
      [name],
    )
    return rows.map(({ id, ...rest }) => ({ deliveryId: id, ...rest }))
  }
  const statesOf = async (name: string) => (await deliveriesOf(name)).map((each) => each.state)
  const parts = () => {
    const { pool, handlerSettings } = node.storage
    return { pool, handlerSettings, registry: createRegistry([shop]) }
  }

  it('is the dead one of its key, and how many share its error', async () => {
    await node.bus.send(Pack, { n: -1 }, { key: 'a' })
    await node.bus.send(Pack, { n: -2 }, { key: 'b' })
    await expect.poll(() => statesOf('shop.pack')).toEqual(['dead', 'dead'])
    await node.bus.send(Pack, { n: 1 }, { key: 'a' })
    const { unitOfWork, handlerSettings } = node.storage
    await unitOfWork.run((tx) => handlerSettings.savePaused(tx, 'shop.pack', true, null))
    const deliveries = await deliveriesOf('shop.pack')
    const of = await findCircumstances(parts(), deliveries, NOTHING)
    expect(of(deliveries[0]!)).toMatchObject({ ahead: null, sharing: { others: 1, isMore: false } })
    expect(of(deliveries[2]!)).toMatchObject({
      isPaused: true,
      ahead: { key: 'a', count: 1, state: 'dead' },
      sharing: null,
      usual: null,
    })
  })

  it('is what is usual for messages of its type, learned from what was counted', async () => {
    for (let n = 0; n < 25; n += 1) await node.bus.publish(Packed, {})
    await expect.poll(async () => new Set(await statesOf('shop.packed'))).toEqual(new Set(['succeeded']))
    // What is counted is what no open transaction can precede: another test's may be open for a moment.
    const usualNow = async () => {
      while (await rollUpPage(node.storage.pool));
      return createUsual(node.storage.pool, { now: () => new Date() })('shop.packed')
    }
    await expect.poll(async () => (await usualNow()).durations.size).toBe(2)
    const usual = await usualNow()
    expect(usual.shape).toEqual({ messages: 25, subscriptions: ['shop.count', 'shop.greet'] })
    expect(usual.durations.get('shop.count')?.p50).toBeGreaterThan(0)
    expect(findUnusual(usual.shape, [])).toEqual([
      'Usually 2 deliveries, this has 0: shop.count, shop.greet are missing.',
    ])
  })
})
