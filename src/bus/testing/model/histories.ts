import fc from 'fast-check'
import { expect } from 'vitest'
import { isSettled } from '../../delivery.ts'
import { findBroken } from '../invariants.ts'
import { anything, expectSame, handleAs, intervene, passLease } from './commands.ts'
import { LEASE_MS, Model } from './model.ts'
import { ALL_SUBSCRIPTIONS, createShop } from './shop.ts'
import { type ClockedHarness, createWorld, type World } from './world.ts'

const MAX_STEPS = 60
/** On a busy machine fewer histories are told, rather than none. */
const LONGEST_MS = 15_000

/**
 * Runs random histories on a bus and on its model, step by step, then lets everything come to rest. Of a history that
 * they tell differently the smallest is printed.
 */
export async function runHistories(createHarness: () => Promise<ClockedHarness>, runs: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.commands(anything, { maxCommands: MAX_STEPS, size: 'max' }), async (steps) => {
      const world = createWorld(await createHarness())
      const model = new Model()
      try {
        await fc.asyncModelRun(() => ({ model, real: world }), steps)
        await comeToRest(model, world)
      } finally {
        world.test.stop()
        await world.harness.stop()
      }
    }),
    { numRuns: runs, interruptAfterTimeLimit: LONGEST_MS },
  )
}

/** Every node dies, what is orphaned is taken over, what is dead is given up, and the rest succeeds. */
async function comeToRest(model: Model, world: World): Promise<void> {
  const { harness, script } = world
  while (!model.deliveries.every((each) => isSettled(each.state) && each.state !== 'dead')) {
    await passLease(model, world)
    for (const each of model.deliveries.filter(({ state }) => state === 'dead')) {
      await intervene('discarded', each, model, world)
    }
    const capacities = ALL_SUBSCRIPTIONS.map(({ name, order }) => ({ subscription: name, free: 100, order }))
    const claimed = await harness.storage.deliveries.claim(capacities, LEASE_MS)
    for (const each of claimed) {
      model.claim(model.find(each.envelope.messageId, each.subscription)!, each.leaseToken)
      await handleAs('succeeds', each, model, world)
    }
  }
  await expectSame(model, world)
  expect(await findBroken(harness, createShop(harness, script))).toEqual([])
}
