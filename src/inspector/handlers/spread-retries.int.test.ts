import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { busModule, defineEvent, type Module, newId, subscribeOutside } from '../../bus/index.ts'
import { createTestBus, type TestBus } from '../../bus/testing/index.ts'
import type { PostgresStorage } from '../../postgres/index.ts'
import { createTestDatabase, type TestDatabase } from '../../server/database/testing.ts'
import { openTestStorage } from '../../server/testing/test-storage.ts'
import { RetriesSpread, SpreadRetries } from '../messages.ts'
import { spreadRetriesHandler } from './spread-retries.ts'

const Rung = defineEvent('bell.rung', { version: 1, body: z.object({}) })
const LATER = { maxAttempts: 9, immediate: 0, firstDelayMs: 600_000, factor: 1, maxDelayMs: 600_000, jitter: 0 }
const COUNT = 6
/** Of the bell there is no other; the rest always runs. */
const findHandler = (name: string) =>
  name === 'bell.gone' ? undefined : { alwaysRuns: name.startsWith('bell.') ? null : 'Somebody must.' }
let database: TestDatabase
let storage: PostgresStorage
let test: TestBus

beforeAll(async () => {
  database = await createTestDatabase()
  storage = openTestStorage(database.url, { maxAttemptsOf: () => 9 })
  const failing = async () => {
    throw new Error('not now')
  }
  const bell: Module = {
    name: 'bell',
    messages: [Rung],
    subscriptions: [
      subscribeOutside(Rung, 'bell.answer', { retry: LATER, outage: null }, failing),
      subscribeOutside(Rung, 'bell.other', { retry: LATER, outage: null }, failing),
    ],
  }
  const inspector: Module = {
    name: 'inspector',
    messages: [SpreadRetries, RetriesSpread],
    subscriptions: [spreadRetriesHandler(findHandler)],
  }
  test = createTestBus(storage, [busModule, bell, inspector])
  for (let each = 0; each < COUNT; each += 1) await test.bus.publish(Rung, {})
  await vi.waitFor(async () => {
    await test.drain()
    expect(await dueMinutes('bell.answer')).toHaveLength(COUNT)
    expect(await dueMinutes('bell.other')).toHaveLength(COUNT)
  }, 15_000)
})
afterAll(async () => {
  test.stop()
  await storage.stop()
  await database.drop()
})

it('spreads what would come together, none earlier than it was due, and leaves others alone', async () => {
  expect(new Set(await dueMinutes('bell.answer'))).toEqual(new Set([10]))
  expect(await spread('bell.answer', 60)).toEqual({ outcome: 'done', count: COUNT })
  expect(await dueMinutes('bell.answer')).toEqual([10, 20, 30, 40, 50, 60])
  expect(new Set(await dueMinutes('bell.other'))).toEqual(new Set([10]))
  // Spread over less, nothing comes sooner.
  expect(await spread('bell.answer', 1)).toEqual({ outcome: 'done', count: 0 })
  expect(await dueMinutes('bell.answer')).toEqual([10, 20, 30, 40, 50, 60])
})

it('says that there is no such handler, and leaves alone what always runs', async () => {
  expect(await spread('bell.gone', 10)).toEqual({ outcome: 'unknown', count: 0 })
  expect(await spread('inspector.spread-retries', 10)).toEqual({ outcome: 'protected', count: 0 })
})

async function spread(subscription: string, minutes: number) {
  let isSettled = false
  const asked = test.bus.execute(SpreadRetries, { subscription, minutes, actorId: newId() }).finally(() => {
    isSettled = true
  })
  await expect
    .poll(async () => {
      await test.drain()
      return isSettled
    })
    .toBe(true)
  return (await asked).reply
}

/** Whole minutes from now, in order. */
async function dueMinutes(subscription: string): Promise<number[]> {
  const { rows } = await storage.pool.query<{ minutes: number }>(
    `SELECT round(extract(epoch FROM due_at - now()) / 60)::int AS minutes FROM deliveries
     WHERE subscription = $1 AND state = 'retrying' ORDER BY due_at`,
    [subscription],
  )
  return rows.map((each) => each.minutes)
}
