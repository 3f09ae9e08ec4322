import { expect, it } from 'vitest'
import { z } from 'zod'
import { createRegistry, defineEvent, type Subscription, subscribeBatch, subscribeOutside } from '../bus/index.ts'
import { Intake } from './intake.ts'
import { LiveSettings } from './live-settings.ts'

const Rung = defineEvent('test.rung', { version: 1, body: z.object({}) })
const nothing = new Map<string, number>()

it('what had no room at a look may wait by now: it is not begun ahead of it, and looked for when there is room', async () => {
  const call = subscribeOutside(Rung, 'test.call', { concurrency: 1 }, async () => {})
  const { intake } = intakeOf([call], { ahead: 0, maxInFlight: 200 })
  await intake.take(nothing, () => {})
  expect([intake.isDrained('test.call'), intake.canBegin(call, nothing)]).toEqual([true, true])
  await intake.take(new Map([['test.call', 1]]), () => {})
  expect([intake.isDrained('test.call'), intake.canBegin(call, nothing)]).toEqual([false, false])
})

it('fetches for quick handlers what they go on with, within the room of the node', async () => {
  const both = ['test.call', 'test.call-another'].map((each) =>
    subscribeOutside(Rung, each, { concurrency: 10 }, async () => {}),
  )
  const fetched = async (maxInFlight: number) => {
    const { intake, asked } = intakeOf(both, { ahead: 8, maxInFlight })
    await intake.take(nothing, () => {})
    return [asked(), both.map((each) => intake.roomOf(each))]
  }
  expect(await fetched(Number.POSITIVE_INFINITY)).toEqual([
    [80, 80],
    [170, 170],
  ])
  expect(await fetched(200)).toEqual([
    [45, 45],
    [100, 100],
  ])
  expect(await fetched(60)).toEqual([
    [10, 10],
    [30, 30],
  ])
})

it('O7: fetches no more at once for a batch handler than may run at once', async () => {
  const together = subscribeBatch(
    Rung,
    'test.call-together',
    { batch: { maxSize: 100 }, concurrency: 2 },
    async () => {},
  )
  const { intake, asked } = intakeOf([together], { ahead: 25, maxInFlight: 200 })
  await intake.take(nothing, () => {})
  expect(asked()).toEqual([2])
})

function intakeOf(subscriptions: Subscription[], { ahead, maxInFlight }: { ahead: number; maxInFlight: number }) {
  const asked: number[][] = []
  const intake = new Intake({
    registry: createRegistry([{ name: 'test', messages: [Rung], subscriptions }]),
    deliveries: {
      claim: async (capacities) => {
        asked.push(capacities.map((each) => each.free))
        return []
      },
    },
    settings: new LiveSettings({
      store: { findAll: async () => new Map(), savePaused: async () => {}, saveLimits: async () => {} },
      onChange: () => {},
    }),
    outages: { roomFor: (_, free) => free },
    rateLimits: { take: async () => [], giveBack: async () => {} },
    pace: { aheadOf: () => ahead },
    leaseMs: 8_000,
    maxInFlight,
  })
  return { intake, asked: () => asked.at(-1) }
}
