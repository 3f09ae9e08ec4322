import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createRegistry, defineCommand, defineEvent, handle, type Module, newId, subscribe } from '../../bus/index.ts'
import { createTestDatabase, type TestDatabase } from '../../server/database/testing.ts'
import { startNode, type TestNode } from '../../server/testing/nodes.ts'
import { createHandlersQuery } from './handlers.ts'
import { findScheduled } from './scheduled.ts'

const Remind = defineCommand('shop.remind', { version: 1, body: z.object({}), reply: z.object({}) })
const Count = defineCommand('shop.count', { version: 1, body: z.object({}), reply: z.object({}) })
const Opened = defineEvent('shop.opened', { version: 1, body: z.object({}) })
const HOUR = 3_600_000

const shop: Module = {
  name: 'shop',
  messages: [Remind, Count, Opened],
  subscriptions: [
    handle(Remind, { rateLimit: { count: 2, perMs: 1_000 } }, async () => ({})),
    handle(Count, { order: { whenDead: 'wait' } }, async () => ({})),
    subscribe(Opened, 'shop.greet', {}, async () => {}),
    subscribe(Opened, 'shop.tidy', {}, async () => {}),
  ],
}
const names = shop.subscriptions.map((each) => each.name)

describe('what the inspector tells of the flow', () => {
  let database: TestDatabase
  let node: TestNode
  const inHours = (hours: number) => new Date(Date.now() + hours * HOUR)

  beforeAll(async () => {
    database = await createTestDatabase()
    node = await startNode(database.url, () => [shop])
    await node.dispatcher.stop()
    for (const hours of [3, 1, 2]) await node.bus.send(Remind, {}, { at: inHours(hours) })
    await node.bus.publish(Opened, {}, { at: inHours(1.5) })
    await node.bus.send(Count, {}, { at: inHours(2.5), key: 'a' })
    await node.bus.send(Remind, {})
  })
  afterAll(async () => {
    await node.stop()
    await database.drop()
  })

  it('T3: lists what is due later, the next first, page by page, whatever handles it', async () => {
    const all = await findScheduled(node.storage.pool, names, { after: null, limit: 50 })
    expect(all.map((each) => each.dueAt)).toEqual(all.map((each) => each.dueAt).toSorted())
    expect(all.map((each) => each.name)).toEqual([
      'shop.remind',
      'shop.opened',
      'shop.opened',
      'shop.remind',
      'shop.count',
      'shop.remind',
    ])
    const pages: string[] = []
    let after: (typeof all)[number] | null = null
    do {
      const page = await findScheduled(node.storage.pool, names, { after, limit: 2 })
      pages.push(...page.map((each) => each.deliveryId))
      after = page.at(-1) ?? null
    } while (after)
    expect(pages).toEqual(all.map((each) => each.deliveryId))
  })

  it('O7: counts what waits for each handler, and says how it runs', async () => {
    const { pool, handlerSettings, unitOfWork } = node.storage
    await unitOfWork.run((tx) => handlerSettings.savePaused(tx, 'shop.remind', true, newId()))
    const clock = { now: () => new Date() }
    const read = createHandlersQuery({ pool, registry: createRegistry([shop]), handlerSettings, clock })
    const [remind, count] = await read()
    expect(remind).toMatchObject({
      subscription: 'shop.remind',
      isPaused: true,
      alwaysRuns: null,
      rateLimit: { declared: { count: 2, perMs: 1_000 }, set: null },
      waiting: { count: 4, isMore: false },
      running: { count: 0 },
      dead: { count: 0 },
    })
    expect(count).toMatchObject({ isPaused: false, waiting: { count: 1, isMore: false } })
  })
})
