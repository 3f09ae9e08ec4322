import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { z } from 'zod'
import {
  createCatalog,
  createRegistry,
  createSealer,
  defineCommand,
  handleOutside,
  type RateLimit,
  type RetryPolicy,
} from '../bus/index.ts'
import { InMemoryStorage, TEST_SECRET } from '../bus/testing/index.ts'
import { createHandling } from './handling.ts'

const Call = defineCommand('test.call', {
  version: 1,
  body: z.object({ number: z.int().optional() }),
  reply: z.object({}),
})
const Wait = defineCommand('test.wait', { version: 1, body: z.object({}), reply: z.object({}) })

let stop = async () => {}
afterEach(() => stop())

/** A node on a storage in memory, with a handler for {@link Call} and one for what is paused in tests. */
function startNode(
  limits: { concurrency: number; rateLimit?: RateLimit; retry?: Partial<RetryPolicy> },
  handler: (number: number) => Promise<void>,
  { pollMs = 1_000, storage = new InMemoryStorage() } = {},
) {
  const registry = createRegistry([
    {
      name: 'test',
      messages: [Call, Wait],
      subscriptions: [
        handleOutside(Call, limits, async ({ number = 0 }) => {
          await handler(number)
          return {}
        }),
        handleOutside(Wait, {}, async () => ({})),
      ],
    },
  ])
  const handling = createHandling({
    registry,
    catalog: createCatalog(registry.definitions, createSealer(TEST_SECRET)),
    clock: { now: () => new Date() },
    storage,
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
  const node = startNode(limits, handler, { pollMs: 60_000 })
  await Promise.all(Array.from({ length: 3 }, () => node.bus.send(Call, {})))
  node.dispatcher.start()
  await expect.poll(() => started).toBe(3)
  end.resolve()
})

/** Where claims are counted. */
function countingClaims() {
  const storage = new InMemoryStorage()
  const { claim } = storage.deliveries
  const counted = { storage, claims: 0 }
  storage.deliveries.claim = (capacities, leaseMs) => {
    counted.claims += 1
    return claim(capacities, leaseMs)
  }
  return counted
}

it('what a node sends itself begins as soon as it is stored, with no claim', async () => {
  const counted = countingClaims()
  const handled: number[] = []
  const node = startNode({ concurrency: 4 }, async (number) => void handled.push(number), {
    pollMs: 60_000,
    storage: counted.storage,
  })
  node.dispatcher.start()
  await expect.poll(() => counted.claims).toBe(1)
  for (let number = 1; number <= 20; number += 1) await node.bus.execute(Call, { number })
  expect(handled).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  expect(counted.claims).toBe(1)
  expect(counted.storage.rows.map(({ state, attempt }) => [state, attempt])).toEqual(
    Array.from({ length: 20 }, () => ['succeeded', 1]),
  )
})

it('what waits is not overtaken by what its node sends later', async () => {
  const counted = countingClaims()
  const gates = [1, 2, 3, 4].map(() => Promise.withResolvers<void>())
  const begun: number[] = []
  const handler = (number: number) => {
    begun.push(number)
    return gates[number - 1]!.promise
  }
  const node = startNode({ concurrency: 1 }, handler, { storage: counted.storage })
  node.dispatcher.start()
  await expect.poll(() => counted.claims).toBe(1)
  for (const number of [1, 2, 3]) await node.bus.send(Call, { number })
  await expect.poll(() => begun).toEqual([1])
  gates[0]!.resolve()
  await node.bus.send(Call, { number: 4 })
  for (const gate of gates) gate.resolve()
  await expect.poll(() => begun).toEqual([1, 2, 3, 4])
})

it('O7: a paused handler gets nothing, also not from its own node', async () => {
  const counted = countingClaims()
  const { storage } = counted
  let handled = 0
  await storage.unitOfWork.run((tx) => storage.handlerSettings.savePaused(tx, 'test.call', true))
  const handler = async () => {
    handled += 1
  }
  const node = startNode({ concurrency: 4 }, handler, { pollMs: 20, storage })
  node.dispatcher.start()
  await node.bus.send(Call, {})
  await expect.poll(() => storage.rows.map((row) => row.state)).toEqual(['pending'])
  await storage.unitOfWork.run((tx) => storage.handlerSettings.savePaused(tx, 'test.call', false))
  await expect.poll(() => handled).toBe(1)
})

it('T1: what is due later is not put off by a steady stream of what begins at once', async () => {
  const handled = new Map<number, number>()
  const node = startNode({ concurrency: 4 }, async (number) => void handled.set(number, Date.now()), { pollMs: 60_000 })
  node.dispatcher.start()
  const dueAt = Date.now() + 100
  await node.bus.send(Call, { number: -1 }, { at: new Date(dueAt) })
  // While the stream goes on: that it comes once the stream has ended is no wonder.
  for (let number = 0; !handled.has(-1) && Date.now() < dueAt + 3_000; number += 1) {
    await node.bus.execute(Call, { number })
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  expect(handled.get(-1)).toBeGreaterThanOrEqual(dueAt)
})

it('O3: a node that stops waits for what it is storing for itself', async () => {
  const counted = countingClaims()
  const { storage } = counted
  let ended = 0
  const handler = async () => {
    await new Promise((resolve) => setTimeout(resolve, 30))
    ended += 1
  }
  const node = startNode({ concurrency: 4 }, handler, { pollMs: 60_000, storage })
  node.dispatcher.start()
  await expect.poll(() => counted.claims).toBe(1)
  const stored = Promise.withResolvers<void>()
  const { commit } = storage.outbox
  storage.outbox.commit = async (messages) => {
    await stored.promise
    return commit(messages)
  }
  const sent = node.bus.send(Call, {})
  await Promise.resolve()
  const stopped = node.dispatcher.stop()
  stored.resolve()
  await sent
  await stopped
  expect(ended).toBe(1)
})

it('R2: a retry is not late because of what waits for a paused handler, nor because its time is short', async () => {
  const storage = new InMemoryStorage()
  await storage.unitOfWork.run((tx) => storage.handlerSettings.savePaused(tx, 'test.wait', true))
  let attempts = 0
  const handler = async () => {
    attempts += 1
    if (attempts < 10) throw new Error('Not yet.')
  }
  const retry = { firstDelayMs: 1, factor: 1, maxAttempts: 10 }
  const node = startNode({ concurrency: 4, retry }, handler, { pollMs: 60_000, storage })
  node.dispatcher.start()
  await node.bus.send(Wait, {})
  await node.bus.execute(Call, {})
  expect(attempts).toBe(10)
  expect(storage.rows.filter((row) => row.subscription === 'test.wait')).toMatchObject([{ state: 'pending' }])
})

it('R2: a retry is not late because its attempt ended long after the last look', async () => {
  let attempts = 0
  const handler = async () => {
    attempts += 1
    await new Promise((resolve) => setTimeout(resolve, 100))
    if (attempts < 3) throw new Error('Not yet.')
  }
  const retry = { firstDelayMs: 50, factor: 1, maxAttempts: 3 }
  const node = startNode({ concurrency: 4, retry }, handler, { pollMs: 60_000 })
  node.dispatcher.start()
  await node.bus.execute(Call, {})
  expect(attempts).toBe(3)
})

/** Where the database takes so long to hear what is due next, and so long to say it, for each question in turn. */
function slowlyAnswering(hearingMs: readonly number[], sayingMs: readonly number[]) {
  const storage = new InMemoryStorage()
  const { nextDueInMs } = storage.deliveries
  let asked = 0
  storage.deliveries.nextDueInMs = async (...question) => {
    const number = asked
    asked += 1
    await sleep(hearingMs[number] ?? 0)
    const dueInMs = await nextDueInMs(...question)
    await sleep(sayingMs[number] ?? 0)
    return dueInMs
  }
  return storage
}

function failingOnce() {
  let attempts = 0
  return async () => {
    attempts += 1
    if (attempts === 1) throw new Error('Not yet.')
  }
}

it.each([10, 40, 250])('R2: a retry is not late because the database heard %i ms later what is due', async (ms) => {
  const storage = slowlyAnswering([0, ms, ms, ms], [])
  const retry = { firstDelayMs: 1, factor: 1, maxAttempts: 2 }
  const node = startNode({ concurrency: 4, retry }, failingOnce(), { pollMs: 60_000, storage })
  node.dispatcher.start()
  await node.bus.send(Wait, {}, { at: new Date(Date.now() + 30_000) })
  await sleep(60)
  expect(await node.bus.execute(Call, {})).toMatchObject({ reply: {} })
})

it('looks no more often than it polls where all answers are slow and nothing is due', async () => {
  const counted = countingClaims()
  const { storage } = counted
  const { nextDueInMs } = storage.deliveries
  storage.deliveries.nextDueInMs = async (...question) => {
    await sleep(60)
    return nextDueInMs(...question)
  }
  const node = startNode({ concurrency: 4 }, async () => {}, { pollMs: 400, storage })
  node.dispatcher.start()
  await sleep(1_300)
  // Once as it starts, once because the first answer was slower than it could know, then by the poll.
  expect(counted.claims).toBeGreaterThan(2)
  expect(counted.claims).toBeLessThan(9)
})

it('polls, also while a question is not answered', async () => {
  const counted = countingClaims()
  counted.storage.deliveries.nextDueInMs = () => new Promise(() => {})
  const node = startNode({ concurrency: 4 }, async () => {}, { pollMs: 50, storage: counted.storage })
  node.dispatcher.start()
  await expect.poll(() => counted.claims).toBeGreaterThan(5)
})

it('R2: a retry is not late because an older question is answered after a newer one', async () => {
  const storage = slowlyAnswering([], [90])
  const retry = { firstDelayMs: 200, factor: 1, maxAttempts: 2 }
  const node = startNode({ concurrency: 4, retry }, failingOnce(), { pollMs: 60_000, storage })
  node.dispatcher.start()
  await sleep(40)
  expect(await node.bus.execute(Call, {})).toMatchObject({ reply: {} })
})
