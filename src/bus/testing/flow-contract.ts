/** How the flow of deliveries is held back and timed: scenarios for every storage adapter. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { alwaysRunning, handle, handleOutside, type Subscription } from '../handlers.ts'
import { defineCommand } from '../message.ts'
import type { Module } from '../registry.ts'
import type { Harness as BusHarness } from './contract.ts'
import { createTestBus, type TestBus } from './test-bus.ts'

const Pack = defineCommand('shop.pack', { version: 1, body: z.object({ number: z.int() }), reply: z.object({}) })
const Ship = defineCommand('shop.ship', { version: 1, body: z.object({}), reply: z.object({}) })
const Weigh = defineCommand('shop.weigh', { version: 1, body: z.object({}), reply: z.object({}) })
const Unlock = defineCommand('shop.unlock', { version: 1, body: z.object({}), reply: z.object({}) })

/** What the suite needs besides: to turn back the clock of a recurring message. */
export interface FlowHarness extends BusHarness {
  rewindRecurring(name: string, lastDueAt: Date): Promise<void>
}

/** Runs the suite on one adapter. */
export function describeFlowContract(name: string, createHarness: () => Promise<FlowHarness>): void {
  describe(`the flow of deliveries on ${name}`, () => {
    let harness: FlowHarness
    let test: TestBus

    const shop = (): Module => ({
      name: 'shop',
      messages: [Pack, Ship],
      subscriptions: [handleOutside(Pack, {}, async () => ({})), handleOutside(Ship, {}, async () => ({}))],
    })
    const actor = crypto.randomUUID()

    beforeEach(async () => {
      harness = await createHarness()
      test = createTestBus(harness.storage, [shop()])
    })
    afterEach(async () => {
      test.stop()
      await harness.stop()
    })

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

    const ask = (wanted: number, limit = { count: 3, perMs: 60_000 }) =>
      harness.storage.rateLimits.take([{ subscription: 'shop.pack', limit, wanted }])
    const sendMany = (count: number) =>
      Promise.all(Array.from({ length: count }, (_, number) => test.bus.send(Pack, { number })))

    it('O7: of a bucket no more is taken than it holds, however many take at once', async () => {
      await sendMany(10)
      const grants = (await Promise.all(Array.from({ length: 8 }, () => ask(10)))).flat()
      expect(grants.reduce((total, each) => total + each.tokens, 0)).toBe(3)
      const [empty] = await ask(10)
      expect(empty!.tokens).toBe(0)
      expect(empty!.nextInMs).toBeGreaterThan(15_000)
      expect(empty!.nextInMs).toBeLessThanOrEqual(20_000)
    })

    it('O7: what was taken and not used is put back', async () => {
      await sendMany(10)
      await ask(10)
      const limit = { count: 3, perMs: 60_000 }
      await harness.storage.rateLimits.giveBack([{ subscription: 'shop.pack', limit, tokens: 2 }])
      expect((await ask(10))[0]).toMatchObject({ tokens: 2 })
    })

    it('O7: a bucket fills with time, and takes nothing for what is not due', async () => {
      expect(await ask(10)).toEqual([])
      await test.bus.send(Pack, { number: 1 }, { at: new Date(Date.now() + 60_000) })
      expect(await ask(10)).toEqual([])
      await sendMany(5)
      const fast = { count: 2, perMs: 20 }
      expect((await ask(10, fast))[0]).toMatchObject({ tokens: 2 })
      await expect.poll(async () => (await ask(10, fast))[0]?.tokens).toBeGreaterThan(0)
    })

    it('O8: a flood of one type does not starve another, which comes with the first claim', async () => {
      await sendMany(500)
      await Promise.all(Array.from({ length: 5 }, () => test.bus.send(Ship, {})))
      const claimed = await test.claim(60_000)
      const counts = Object.groupBy(claimed, (each) => each.subscription)
      expect(counts['shop.ship']).toHaveLength(5)
      expect(counts['shop.pack']!.length).toBeLessThanOrEqual(100)
    })

    it('O8: slow handlers with a transaction each keep neither pages nor what always runs', async () => {
      const release = Promise.withResolvers<void>()
      const slow = handle(Weigh, { concurrency: 40 }, async (_, { tx }) => {
        await harness.effect(tx, 'weighed')
        await release.promise
        return {}
      })
      const quick = handle(Unlock, {}, async (_, { tx }) => {
        await harness.effect(tx, 'unlocked')
        return {}
      })
      const subscriptions: Subscription[] = [slow, alwaysRunning(quick, 'Nobody could come in.')]
      const door = createTestBus(harness.storage, [{ name: 'shop', messages: [Weigh, Unlock], subscriptions }])
      await Promise.all(Array.from({ length: 40 }, () => door.bus.send(Weigh, {})))
      const weighing = (await door.claim(60_000)).map(door.handle)
      await door.bus.send(Unlock, {})
      expect(await door.drain()).toEqual(['succeeded'])
      await harness.storage.unitOfWork.run((tx) => harness.effect(tx, 'seen'))
      expect(await harness.effects()).toEqual(['unlocked', 'seen'])
      release.resolve()
      const ends = await Promise.all(weighing)
      expect(ends.map(({ end }) => end)).toEqual(Array.from({ length: 40 }, () => 'succeeded'))
      door.stop()
    })

    const inAnHour = () => new Date(Date.now() + 3_600_000)
    const only = async () => (await harness.deliveries())[0]!
    const restore = (deliveryId: string) =>
      harness.storage.unitOfWork.run((tx) => harness.storage.deliveries.restore(tx, deliveryId))

    it('T3: a message is cancelled before its time with the reason, once', async () => {
      const { messageId } = await test.bus.send(Pack, { number: 1 }, { at: inAnHour() })
      expect(await test.bus.cancel(messageId, 'not wanted any more')).toBe('done')
      expect(await only()).toMatchObject({ state: 'discarded', reason: 'not wanted any more', attempt: 0 })
      expect(await test.bus.cancel(messageId, 'again')).toBe('wrong-state')
      expect(await test.bus.reschedule(messageId, new Date())).toBe('wrong-state')
      expect(await test.bus.cancel(crypto.randomUUID(), 'nothing there')).toBe('unknown')
      expect(await test.drain()).toEqual([])
    })

    it('T3, R11: what was cancelled is restored to its time, and not before', async () => {
      const { messageId } = await test.bus.send(Pack, { number: 1 }, { at: inAnHour() })
      await test.bus.cancel(messageId, 'by mistake')
      const { deliveryId } = await only()
      expect(await restore(deliveryId)).toBe('done')
      expect(await only()).toMatchObject({ state: 'pending', reason: null })
      expect(await restore(deliveryId)).toBe('wrong-state')
      expect(await test.drain()).toEqual([])
      expect(await harness.storage.deliveries.nextDueInMs([{ name: 'shop.pack', order: null }], 0)).toBeGreaterThan(
        3_500_000,
      )
    })

    it('T3, R11: what was cancelled and whose time has come meanwhile is due at once when it is restored', async () => {
      const { messageId } = await test.bus.send(Pack, { number: 1 })
      await test.bus.cancel(messageId, 'by mistake')
      expect(await test.drain()).toEqual([])
      await restore((await only()).deliveryId)
      expect(await test.drain()).toEqual(['succeeded'])
    })

    it('T1, T3: a message that is rescheduled is handled at its new time only', async () => {
      const { messageId } = await test.bus.send(Pack, { number: 1 }, { at: inAnHour() })
      expect(await test.bus.reschedule(messageId, new Date(Date.now() + 7_200_000))).toBe('done')
      expect(await harness.storage.deliveries.nextDueInMs([{ name: 'shop.pack', order: null }], 0)).toBeGreaterThan(
        7_000_000,
      )
      expect(await test.drain()).toEqual([])
      expect(await test.bus.reschedule(messageId, new Date())).toBe('done')
      expect(await test.drain()).toEqual(['succeeded'])
      expect(await test.bus.reschedule(messageId, inAnHour())).toBe('wrong-state')
    })

    it('T3, T6: a time to live moves along with the time', async () => {
      const { messageId } = await test.bus.send(Pack, { number: 1 }, { at: inAnHour(), ttlMs: 60_000 })
      await test.bus.reschedule(messageId, new Date(Date.now() - 30_000))
      expect(await test.drain()).toEqual(['succeeded'])
      const late = await test.bus.send(Pack, { number: 2 }, { at: inAnHour(), ttlMs: 60_000 })
      await test.bus.reschedule(late.messageId, new Date(Date.now() - 90_000))
      expect(await test.drain()).toEqual(['expired'])
    })

    it('T6: a node whose clock is an hour ahead, or behind, makes nothing stale before its time, nor keeps it longer', async () => {
      const hour = 3_600_000
      const [ahead, behind] = [hour, -hour].map((skew) =>
        createTestBus(harness.storage, [shop()], () => Date.now() + skew),
      ) as [TestBus, TestBus]
      for (const [sender, receiver] of [
        [ahead, behind],
        [behind, ahead],
      ] as const) {
        await sender.bus.send(Pack, { number: 1 }, { ttlMs: 60_000 })
        expect(await receiver.drain()).toEqual(['succeeded'])
        await sender.bus.send(Pack, { number: 2 }, { ttlMs: 0 })
        expect(await receiver.drain()).toEqual(['expired'])
        await test.bus.send(Pack, { number: 3 }, { at: new Date(Date.now() - 90_000), ttlMs: 60_000 })
        expect(await receiver.drain()).toEqual(['expired'])
      }
      ahead.stop()
      behind.stop()
    })

    it('T3: a cancellation in a transaction that is rolled back did not happen', async () => {
      const { messageId } = await test.bus.send(Pack, { number: 1 }, { at: inAnHour() })
      const rolledBack = harness.storage.unitOfWork.run(async (tx) => {
        expect(await test.bus.cancel(messageId, 'perhaps', { tx })).toBe('done')
        throw new Error('changed my mind')
      })
      await expect(rolledBack).rejects.toThrow('changed my mind')
      expect(await only()).toMatchObject({ state: 'pending' })
    })

    it('T4: of two pollers at once one gets what has become due', async () => {
      await test.bus.send(Pack, { number: 1 }, { at: new Date(Date.now() - 1) })
      const claimed = await Promise.all([test.claim(60_000), test.claim(60_000)])
      expect(claimed.flat()).toHaveLength(1)
    })

    const aMinuteAgo = () => new Date(Math.floor(Date.now() / 1_000 - 60) * 1_000)
    const claimDue = (dueAt: Date) =>
      harness.storage.unitOfWork.run((tx) => harness.storage.recurring.claimDue(tx, 'shop.nightly', dueAt))
    /** As if it had begun an hour ago. */
    const beginBefore = async () => {
      await harness.storage.recurring.begin(['shop.nightly'])
      await harness.rewindRecurring('shop.nightly', new Date(Date.now() - 3_600_000))
    }

    it('T5: of many at once one gets the right to send what is due', async () => {
      await beginBefore()
      const dueAt = aMinuteAgo()
      const won = await Promise.all(Array.from({ length: 10 }, () => claimDue(dueAt)))
      expect(won.filter(Boolean)).toHaveLength(1)
      expect((await harness.storage.recurring.findAll()).get('shop.nightly')).toEqual({
        lastDueAt: dueAt,
        lastMessageId: null,
      })
    })

    it('T5: the right of a transaction that is rolled back goes to the next, with nothing sent', async () => {
      await beginBefore()
      const { unitOfWork, recurring } = harness.storage
      const dueAt = aMinuteAgo()
      const rolledBack = unitOfWork.run(async (tx) => {
        expect(await recurring.claimDue(tx, 'shop.nightly', dueAt)).toBe(true)
        await test.bus.send(Pack, { number: 1 }, { tx })
        throw new Error('killed')
      })
      await expect(rolledBack).rejects.toThrow('killed')
      expect(await harness.messages()).toEqual([])
      expect(await claimDue(dueAt)).toBe(true)
    })

    it('T5: nothing is due before its time, before it began, or twice', async () => {
      await harness.storage.recurring.begin(['shop.nightly'])
      expect(await claimDue(aMinuteAgo())).toBe(false)
      await harness.rewindRecurring('shop.nightly', new Date(Date.now() - 3_600_000))
      expect(await claimDue(new Date(Date.now() + 60_000))).toBe(false)
      const dueAt = aMinuteAgo()
      expect([await claimDue(dueAt), await claimDue(dueAt)]).toEqual([true, false])
    })
  })
}
