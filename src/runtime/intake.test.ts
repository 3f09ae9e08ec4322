import { expect, it } from 'vitest'
import { z } from 'zod'
import { createRegistry, defineCommand, handleOutside } from '../bus/index.ts'
import { Intake } from './intake.ts'
import { LiveSettings } from './live-settings.ts'

const Call = defineCommand('test.call', { version: 1, body: z.object({}), reply: z.object({}) })

it('what had no room at a look may wait by now: it is not begun ahead of it, and looked for when there is room', async () => {
  const call = handleOutside(Call, { concurrency: 1 }, async () => ({}))
  const intake = new Intake({
    registry: createRegistry([{ name: 'test', messages: [Call], subscriptions: [call] }]),
    deliveries: { claim: async () => [] },
    settings: new LiveSettings({
      store: { findAll: async () => new Map(), savePaused: async () => {}, saveLimits: async () => {} },
      onChange: () => {},
    }),
    outages: { roomFor: (_, free) => free },
    rateLimits: { take: async () => [], giveBack: async () => {} },
    pace: { isQuick: () => false },
    leaseMs: 8_000,
    maxInFlight: 200,
  })
  const nothing = new Map<string, number>()
  await intake.take(nothing, () => {})
  expect([intake.isDrained('test.call'), intake.canBegin(call, nothing)]).toEqual([true, true])
  await intake.take(new Map([['test.call', 1]]), () => {})
  expect([intake.isDrained('test.call'), intake.canBegin(call, nothing)]).toEqual([false, false])
})
