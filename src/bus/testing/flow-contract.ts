/** How the flow of deliveries is held back and timed: scenarios for every storage adapter. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Harness } from './contract.ts'

/** Runs the suite on one adapter. */
export function describeFlowContract(name: string, createHarness: () => Promise<Harness>): void {
  describe(`the flow of deliveries on ${name}`, () => {
    let harness: Harness

    beforeEach(async () => {
      harness = await createHarness()
    })
    afterEach(() => harness.stop())

    const actor = crypto.randomUUID()

    it('O7: what is set about a handler is kept, each part on its own', async () => {
      const { handlerSettings: settings, unitOfWork } = harness.storage
      expect(await settings.findAll()).toEqual(new Map())
      const limits = { concurrency: 2, rateLimit: { count: 5, perMs: 1_000 } }
      await unitOfWork.run((tx) => settings.savePaused(tx, 'shop.left', true, actor))
      await unitOfWork.run((tx) => settings.saveLimits(tx, 'shop.left', limits, actor))
      expect(await settings.findAll()).toEqual(new Map([['shop.left', { isPaused: true, ...limits }]]))
      await unitOfWork.run((tx) => settings.savePaused(tx, 'shop.left', false, actor))
      await unitOfWork.run((tx) => settings.saveLimits(tx, 'shop.left', { concurrency: null, rateLimit: null }, actor))
      expect(await settings.findAll()).toEqual(
        new Map([['shop.left', { isPaused: false, concurrency: null, rateLimit: null }]]),
      )
    })

    it('O7: what is set in a transaction that is rolled back is not set', async () => {
      const { handlerSettings: settings, unitOfWork } = harness.storage
      const rolledBack = unitOfWork.run(async (tx) => {
        await settings.savePaused(tx, 'shop.left', true, actor)
        throw new Error('changed my mind')
      })
      await expect(rolledBack).rejects.toThrow('changed my mind')
      expect(await settings.findAll()).toEqual(new Map())
    })
  })
}
