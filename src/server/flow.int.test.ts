import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineCommand, defineEvent, handleOutside, type Module, subscribeBatch } from '../bus/index.ts'
import { createTestDatabase, type TestDatabase } from './database/testing.ts'
import { startNode, type TestNode } from './testing/nodes.ts'

const Flood = defineCommand('shop.flood', { version: 1, body: z.object({}), reply: z.object({}) })
const Rare = defineCommand('shop.rare', { version: 1, body: z.object({}), reply: z.object({}) })
const Slow = defineCommand('shop.slow', { version: 1, body: z.object({}), reply: z.object({}) })
const Next = defineCommand('shop.next', { version: 1, body: z.object({ number: z.int() }), reply: z.object({}) })
const Ahead = defineCommand('shop.ahead', { version: 1, body: z.object({ number: z.int() }), reply: z.object({}) })
const Opened = defineEvent('shop.opened', { version: 1, body: z.object({ number: z.int() }) })

describe('the flow of deliveries on nodes of one database', () => {
  let database: TestDatabase
  let nodes: TestNode[]
  let started: { name: string; at: number }[]
  let sizes: number[]
  let most: number
  let now: number
  let rateLimit: { count: number; perMs: number }
  let first: PromiseWithResolvers<void>

  const note = (name: string) => async () => {
    started.push({ name, at: performance.now() })
    now += 1
    most = Math.max(most, now)
    await new Promise(setImmediate)
    now -= 1
    return {}
  }
  const shop = (): Module => ({
    name: 'shop',
    messages: [Flood, Rare, Slow, Next, Ahead, Opened],
    subscriptions: [
      handleOutside(Flood, { concurrency: 100 }, note('flood')),
      handleOutside(Rare, {}, note('rare')),
      subscribeBatch(Opened, 'shop.count', { batch: { maxSize: 50 } }, async (items) => {
        sizes.push(items.length)
      }),
      handleOutside(Slow, { rateLimit }, note('slow')),
      handleOutside(Next, { order: { whenDead: 'wait' } }, async ({ number }) => {
        await note('next')()
        if (number === 1) await first.promise
        return {}
      }),
      handleOutside(Ahead, { concurrency: 1, timeoutMs: 60_000 }, async ({ number }) => {
        if (number === 1) await first.promise
        return {}
      }),
    ],
  })
  const start = async (options: Parameters<typeof startNode>[2] = {}) => {
    const node = await startNode(database.url, () => [shop()], options)
    nodes.push(node)
    return node
  }
  const count = (name: string) => started.filter((each) => each.name === name).length

  beforeEach(async () => {
    database = await createTestDatabase()
    nodes = []
    started = []
    sizes = []
    most = 0
    now = 0
    rateLimit = { count: 5, perMs: 500 }
    first = Promise.withResolvers()
  })
  afterEach(async () => {
    await Promise.all(nodes.map((node) => node.stop()))
    await database.drop()
  })

  it('O8: a flood of one type does not starve another, and the room of the node holds', async () => {
    const sender = await start()
    await sender.dispatcher.stop()
    await Promise.all(Array.from({ length: 2_000 }, () => sender.bus.send(Flood, {})))
    await Promise.all(Array.from({ length: 5 }, () => sender.bus.send(Rare, {})))
    await start({ maxInFlight: 20 })
    await expect.poll(() => count('rare')).toBe(5)
    const handledBefore = started.findLastIndex((each) => each.name === 'rare')
    await expect.poll(() => count('flood'), { timeout: 20_000 }).toBe(2_000)
    expect(handledBefore).toBeLessThan(200)
    expect(most).toBeLessThanOrEqual(20 + 3)
  })

  it('T1, T2: what is due later survives a restart of everything, and is not early', async () => {
    const before = await start()
    const at = new Date(Date.now() + 1_200)
    const { messageId } = await before.bus.send(Rare, {}, { at })
    await before.stop()
    const after = await start()
    const find = async () => {
      const text = 'SELECT state, started_at < due_at AS early FROM deliveries WHERE message_id = $1'
      return (await after.storage.pool.query<{ state: string; early: boolean }>(text, [messageId])).rows[0]
    }
    await expect.poll(find).toEqual({ state: 'succeeded', early: false })
    expect(count('rare')).toBe(1)
  })

  it('T4: many nodes handle what becomes due once', async () => {
    const [one] = await Promise.all([start(), start(), start()])
    const at = new Date(Date.now() + 300)
    await Promise.all(Array.from({ length: 20 }, () => one!.bus.send(Rare, {}, { at })))
    const settled = async () =>
      (await one!.storage.pool.query(`SELECT 1 FROM deliveries WHERE state = 'succeeded'`)).rows.length
    await expect.poll(settled).toBe(20)
    expect(count('rare')).toBe(20)
  })

  it('T3: what is rescheduled to now is handled now, on another node too', async () => {
    const sender = await start()
    await sender.dispatcher.stop()
    await start()
    const { messageId } = await sender.bus.send(Rare, {}, { at: new Date(Date.now() + 3_600_000) })
    expect(await sender.bus.reschedule(messageId, new Date())).toBe('done')
    await expect.poll(() => count('rare')).toBe(1)
  })

  it('a batch handler takes many at once, and each once', async () => {
    const sender = await start()
    await sender.dispatcher.stop()
    await Promise.all(Array.from({ length: 200 }, (_, number) => sender.bus.publish(Opened, { number })))
    await start()
    const settled = async () =>
      (await sender.storage.pool.query(`SELECT 1 FROM deliveries WHERE state = 'succeeded' AND attempt = 1`)).rows
        .length
    await expect.poll(settled).toBe(200)
    expect(sizes.reduce((total, each) => total + each, 0)).toBe(200)
    expect(sizes.length).toBeLessThan(20)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(50)
  })

  it('O1: the next of a key begins when a node that stops has done the one before, and not with a poll', async () => {
    const one = await start({ pollMs: 60_000 })
    for (const number of [1, 2]) await one.bus.send(Next, { number }, { key: 'a' })
    await expect.poll(() => count('next')).toBe(1)
    const stopped = one.stop()
    const other = await start({ pollMs: 60_000 })
    // Nobody else could: so it has looked, and found the key taken.
    for (let looks = 0; looks < 3; looks += 1) await other.bus.execute(Rare, {})
    expect(count('next')).toBe(1)
    first.resolve()
    await stopped
    await expect.poll(() => count('next')).toBe(2)
  })

  it('D14: what was fetched ahead of a handler that has become slow goes to a node that has room, and burns no attempt', async () => {
    const calm = { pollMs: 60_000, leaseMs: 60_000 }
    const one = await start(calm)
    const states = async () => {
      const { rows } = await one.storage.pool.query<{ state: string; count: number }>(
        `SELECT state, count(*)::int FROM deliveries WHERE attempt = 1 GROUP BY state`,
      )
      return Object.fromEntries(rows.map((row) => [row.state, row.count]))
    }
    // Until it counts as quick, which the first ones may not be.
    for (let number = 10; number < 50; number += 1) await one.bus.execute(Ahead, { number })
    for (const number of [1, 2]) {
      await one.bus.send(Ahead, { number })
      await expect.poll(states).toEqual({ succeeded: 40, running: number })
    }
    await start(calm)
    await expect.poll(states, { timeout: 10_000 }).toEqual({ succeeded: 41, running: 1 })
    first.resolve()
    await expect.poll(states).toEqual({ succeeded: 42 })
  })

  it('O7: a rate holds for two nodes together', async () => {
    const [one] = await Promise.all([start(), start()])
    const sentAt = performance.now()
    await Promise.all(Array.from({ length: 15 }, () => one!.bus.send(Slow, {})))
    await expect.poll(() => count('slow')).toBe(15)
    // A full bucket of five at once, then one in every hundred milliseconds.
    expect(Math.max(...started.map((each) => each.at)) - sentAt).toBeGreaterThan(850)
  })

  it('O7: what has no rate is not held up by what has', async () => {
    rateLimit = { count: 5, perMs: 60_000 }
    const node = await start()
    await Promise.all(Array.from({ length: 10 }, () => node.bus.send(Slow, {})))
    await node.bus.execute(Rare, {})
    expect(count('slow')).toBeLessThan(10)
  })
})
