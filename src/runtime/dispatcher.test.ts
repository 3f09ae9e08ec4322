import { afterEach, expect, it } from 'vitest'
import { z } from 'zod'
import {
  createCatalog,
  createRegistry,
  createSealer,
  defineCommand,
  handleOutside,
  type RateLimit,
} from '../bus/index.ts'
import { InMemoryStorage, TEST_SECRET } from '../bus/testing/index.ts'
import { createHandling } from './handling.ts'

const Call = defineCommand('test.call', { version: 1, body: z.object({}), reply: z.object({}) })

let stop = async () => {}
afterEach(() => stop())

/** A node on a storage in memory, with one handler for {@link Call}. */
function startNode(
  limits: { concurrency: number; rateLimit?: RateLimit },
  handler: () => Promise<void>,
  pollMs = 1_000,
) {
  const registry = createRegistry([
    {
      name: 'test',
      messages: [Call],
      subscriptions: [
        handleOutside(Call, limits, async () => {
          await handler()
          return {}
        }),
      ],
    },
  ])
  const handling = createHandling({
    registry,
    catalog: createCatalog(registry.definitions, createSealer(TEST_SECRET)),
    clock: { now: () => new Date() },
    storage: new InMemoryStorage(),
    observe: () => {},
    leaseMs: 8_000,
    pollMs,
    graceMs: 5_000,
    maxInFlight: 200,
  })
  stop = handling.stop
  return handling
}

it('O7: fetches ahead for a quick handler, and never runs more of it at once than it may', async () => {
  let running = 0
  let most = 0
  let handled = 0
  const node = startNode({ concurrency: 4 }, async () => {
    running += 1
    most = Math.max(most, running)
    await new Promise(setImmediate)
    running -= 1
    handled += 1
  })
  await Promise.all(Array.from({ length: 300 }, () => node.bus.send(Call, {})))
  node.dispatcher.start()
  await expect.poll(() => handled).toBe(300)
  expect(most).toBe(4)
})

it('O3: a node that stops ends all that it has fetched ahead', async () => {
  let started = 0
  let handled = 0
  const node = startNode({ concurrency: 2 }, async () => {
    started += 1
    await new Promise(setImmediate)
    handled += 1
  })
  await Promise.all(Array.from({ length: 200 }, () => node.bus.send(Call, {})))
  node.dispatcher.start()
  await expect.poll(() => handled, { interval: 1 }).toBeGreaterThan(10)
  await node.dispatcher.stop()
  expect(started).toBe(handled)
})

it('O7: a rate lets the next one go when it is due, however long those before it run', async () => {
  let started = 0
  const end = Promise.withResolvers<void>()
  const limits = { concurrency: 10, rateLimit: { count: 1, perMs: 50 } }
  const handler = () => {
    started += 1
    return end.promise
  }
  const node = startNode(limits, handler, 60_000)
  await Promise.all(Array.from({ length: 3 }, () => node.bus.send(Call, {})))
  node.dispatcher.start()
  await expect.poll(() => started, { timeout: 2_000 }).toBe(3)
  end.resolve()
})
