/** What every storage adapter promises of history, leases and versions. Added to the scenarios of contract.ts. */
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { EagerDispatch } from '../eager-dispatch.ts'
import { Unrecoverable } from '../errors.ts'
import { handleOutside, subscribe } from '../handlers.ts'
import { defineCommand, defineEvent, secret } from '../message.ts'
import type { Module } from '../registry.ts'
import { retentionOf } from '../retention.ts'
import type { Harness } from './contract.ts'
import { createTestBus, type TestBus } from './test-bus.ts'

/** A node that leases all it sends, for so long, and dies before it begins. */
const leasingForGood = (ms: number): EagerDispatch => ({
  lease: (messages) => ({
    messages: messages.map((message) => ({
      ...message,
      deliveries: message.deliveries.map((each) => ({ ...each, lease: { token: randomUUID(), ms } })),
    })),
    begin: () => {},
    letGo: () => {},
  }),
})

export interface AgeingHarness extends Harness {
  /** Makes everything that is stored so many days older. */
  age(days: number): Promise<void>
}

const body = z.object({ name: z.string() })
const Pack = defineCommand('store.pack', { version: 1, body, reply: z.object({}) })
const Packed = defineEvent('store.packed', { version: 1, body })
const Weighed = defineEvent('store.weighed', { version: 1, body, retentionDays: 1 })

const MovedV1 = defineEvent('depot.moved', { version: 1, body: z.object({ place: z.string() }) })
const MovedV2 = defineEvent('depot.moved', {
  version: 2,
  body: z.object({ city: z.string(), country: z.string() }),
  upcast: {
    1: ({ place }) => {
      if (place === '') throw new RangeError('nowhere')
      return { city: String(place), country: 'CH' }
    },
  },
})
const OpenV1 = defineCommand('depot.open', {
  version: 1,
  body: z.object({ key: secret(z.string()) }),
  reply: z.object({}),
})
const OpenV2 = defineCommand('depot.open', {
  version: 2,
  body: z.object({ code: secret(z.string()), by: z.string() }),
  reply: z.object({}),
  upcast: { 1: ({ key }) => ({ code: String(key), by: 'unknown' }) },
})
const Closed = defineEvent('depot.closed', { version: 1, body: z.object({}) })

type Note = (name: string) => (body: unknown) => Promise<void>

function createOldBuild(note: Note): Module {
  return {
    name: 'depot',
    messages: [MovedV1, OpenV1],
    subscriptions: [
      subscribe(MovedV1, 'depot.plan', {}, note('depot.plan')),
      subscribe(MovedV1, 'depot.track', {}, note('depot.track')),
      handleOutside(OpenV1, {}, async (body) => {
        await note('depot.open')(body)
        return {}
      }),
    ],
  }
}

/** Knows both versions of what moved, and has forgotten the old one of what opens. */
function createNextBuild(note: Note): Module {
  return {
    name: 'depot',
    messages: [MovedV1, MovedV2, OpenV2, Closed],
    subscriptions: [
      subscribe(MovedV2, 'depot.plan', {}, note('depot.plan')),
      subscribe(MovedV1, 'depot.track', {}, note('depot.track')),
      subscribe(Closed, 'depot.close', {}, note('depot.close')),
      handleOutside(OpenV2, {}, async (body) => {
        await note('depot.open')(body)
        return {}
      }),
    ],
  }
}

/** Runs the suite on one adapter. */
export function describeContractsContract(adapter: string, createHarness: () => Promise<AgeingHarness>): void {
  describe(`history, leases and versions on ${adapter}`, () => {
    let harness: AgeingHarness
    let test: TestBus
    let isBroken: boolean

    const store: Module = {
      name: 'store',
      messages: [Pack, Packed, Weighed],
      subscriptions: [
        handleOutside(Pack, { retry: { maxAttempts: 2, firstDelayMs: 60_000, jitter: 0 } }, async ({ name }) => {
          if (name === 'hopeless') throw new Unrecoverable('it does not fit')
          if (isBroken) throw new Error('no box')
          return {}
        }),
        subscribe(
          Packed,
          'store.label',
          { skip: ({ name }) => (name === 'plain' ? 'no label' : null) },
          async () => {},
        ),
        subscribe(Packed, 'store.ship', {}, async ({ name }) => {
          if (name === 'half') throw new Unrecoverable('no truck')
        }),
        subscribe(Weighed, 'store.note-weight', {}, async () => {}),
      ],
    }
    const purge = async () => {
      let gone = 0
      for await (const rows of harness.storage.history.purge(retentionOf(store.messages))) gone += rows
      return gone
    }
    const find = async (messageId: string) =>
      (await harness.deliveries()).filter((each) => each.messageId === messageId)

    beforeEach(async () => {
      isBroken = false
      harness = await createHarness()
      test = createTestBus(harness.storage, [store])
    })
    afterEach(async () => {
      test.stop()
      await harness.stop()
    })

    it('D13, X5: purge removes settled history and never what is pending, running, retrying or dead', async () => {
      const send = async (name: string, at?: Date) => (await test.bus.send(Pack, { name }, { at })).messageId
      const succeeded = await send('a')
      const skipped = (await test.bus.publish(Packed, { name: 'plain' })).messageId
      const halfDead = (await test.bus.publish(Packed, { name: 'half' })).messageId
      const dead = await send('hopeless')
      const pending = await send('later', new Date(Date.now() + 365 * 24 * 60 * 60_000))
      await test.drain()
      isBroken = true
      const retrying = await send('b')
      await test.drain()
      const running = await send('c')
      await test.claim(60_000)
      await harness.age(31)
      const recent = (await test.bus.publish(Packed, { name: 'recent' })).messageId
      await test.drain()

      expect(await purge()).toBe(2)
      const left = (await harness.messages()).map((each) => each.messageId)
      expect(new Set(left)).toEqual(new Set([halfDead, dead, pending, retrying, running, recent]))
      expect((await find(halfDead)).map((each) => each.state).sort()).toEqual(['dead', 'succeeded'])
      expect([...(await find(succeeded)), ...(await find(skipped))]).toEqual([])
    })

    it('D13: a message is kept for the days that it declares', async () => {
      await test.bus.publish(Weighed, { name: 'a' })
      const { messageId } = await test.bus.publish(Packed, { name: 'a' })
      await test.drain()
      expect(await purge()).toBe(0)
      await harness.age(2)
      expect(await purge()).toBe(1)
      expect((await harness.messages()).map((each) => each.messageId)).toEqual([messageId])
    })

    it('D13, R11: what was discarded can be restored for as long as it is kept, whatever its age', async () => {
      const { messageId } = await test.bus.send(Pack, { name: 'hopeless' })
      await test.drain()
      await harness.age(100)
      const [{ deliveryId } = { deliveryId: '' }] = await find(messageId)
      const { deliveries, unitOfWork } = harness.storage
      await unitOfWork.run((tx) => deliveries.discard(tx, deliveryId, 'not needed'))
      expect(await purge()).toBe(0)
      expect(await unitOfWork.run((tx) => deliveries.restore(tx, deliveryId))).toBe('done')
      await unitOfWork.run((tx) => deliveries.discard(tx, deliveryId, 'not needed'))
      await harness.age(31)
      expect(await purge()).toBe(1)
      expect(await harness.attempts(deliveryId)).toEqual([])
    })

    it('R10: an edited message stands in for the one that failed, is linked to it, and reaches its handler alone', async () => {
      const original = await test.bus.publish(Packed, { name: 'half' })
      await test.drain()
      const [failed] = (await find(original.messageId)).filter((each) => each.state === 'dead')
      const { deliveryId } = failed!
      expect(await test.edit(deliveryId, '{"name": 7}')).toMatchObject({
        outcome: 'invalid',
        issues: [{ path: 'name' }],
      })
      expect(await test.edit(deliveryId, '{')).toMatchObject({ outcome: 'invalid', issues: [{ path: '' }] })
      expect(await test.edit(randomUUID(), '{"name": "whole"}')).toEqual({ outcome: 'unknown' })
      expect(await harness.messages()).toHaveLength(1)

      // Of two at once one is sent, and the other is told of it.
      const edits = await Promise.all([1, 2].map(() => test.edit(deliveryId, '{"name": "whole"}')))
      const retried = edits.find((each) => each.outcome === 'retried')!
      const reason = `edited and retried as ${retried.messageId}`
      const resolved = { outcome: 'resolved', state: 'discarded', reason }
      expect(edits).toEqual(expect.arrayContaining([retried, resolved]))
      expect(await test.edit(deliveryId, '{"name": "whole"}')).toEqual(resolved)
      expect(await test.drain()).toEqual(['succeeded'])
      const edited = (await harness.messages()).find((each) => each.messageId === retried.messageId)
      const { messageId: causationId, conversationId } = original
      expect(edited).toMatchObject({ name: 'store.packed', body: { name: 'whole' }, causationId, conversationId })
      expect(await find(retried.messageId)).toMatchObject([{ subscription: 'store.ship', state: 'succeeded' }])

      const { deliveries, unitOfWork } = harness.storage
      expect(await unitOfWork.run((tx) => deliveries.restore(tx, deliveryId))).toBe('wrong-state')
      expect(await unitOfWork.run((tx) => deliveries.revive(tx, deliveryId))).toBe('wrong-state')
      expect((await find(original.messageId)).find((each) => each.deliveryId === deliveryId)).toMatchObject({
        state: 'discarded',
        reason,
      })
    })

    it('D14: what was fetched and not started has its attempt back', async () => {
      const { messageId } = await test.bus.send(Pack, { name: 'a' })
      expect(await test.claim(-1)).toHaveLength(1)
      expect(await harness.storage.deliveries.reap()).toBe(1)
      expect(await find(messageId)).toMatchObject([{ state: 'pending', attempt: 0 }])
      expect(await test.drain()).toEqual(['succeeded'])
      const [{ deliveryId, attempt } = { deliveryId: '', attempt: 0 }] = await find(messageId)
      expect(attempt).toBe(1)
      expect((await harness.attempts(deliveryId)).map((each) => each.outcome)).toEqual(['succeeded'])
    })

    it('D14: what was leased as it was stored, by a node that died then, comes back with its attempt', async () => {
      test = createTestBus(harness.storage, [store], Date.now, leasingForGood(-1))
      const { messageId } = await test.bus.send(Pack, { name: 'a' })
      expect(await find(messageId)).toMatchObject([{ state: 'running', attempt: 1 }])
      expect(await test.claim(60_000)).toEqual([])
      expect(await harness.storage.deliveries.reap()).toBe(1)
      expect(await find(messageId)).toMatchObject([{ state: 'pending', attempt: 0 }])
      expect(await test.drain()).toEqual(['succeeded'])
    })

    it('D14: what was running when its node went silent has used up an attempt', async () => {
      const { messageId } = await test.bus.send(Pack, { name: 'a' })
      const claimed = await test.claim(60_000)
      await harness.storage.deliveries.renew(claimed, -1)
      await harness.storage.deliveries.reap()
      expect(await find(messageId)).toMatchObject([{ state: 'retrying', attempt: 1 }])
    })

    it('D14: a message that silences its nodes is counted from the second time on, and ends', async () => {
      const { messageId } = await test.bus.send(Pack, { name: 'a' })
      const { deliveries } = harness.storage
      const states: unknown[] = []
      for (let time = 0; time < 3; time += 1) {
        const [claimed] = await test.claim(-1)
        if (claimed!.lostBefore) expect(await deliveries.start(claimed!)).toBe(true)
        await test.reap()
        const [{ state, attempt } = { state: '', attempt: 0 }] = await find(messageId)
        states.push([state, attempt])
      }
      expect(states).toEqual([
        ['pending', 0],
        ['retrying', 1],
        ['dead', 2],
      ])
    })

    it('D15: a delivery that was taken over is not started', async () => {
      await test.bus.send(Pack, { name: 'a' })
      const [stalled] = await test.claim(-1)
      await harness.storage.deliveries.reap()
      expect(await harness.storage.deliveries.start(stalled!)).toBe(false)
      const [again] = await test.claim(-1)
      await harness.storage.deliveries.reap()
      expect((await test.handle(again!)).end).toBe('lease-lost')
    })

    describe('two versions side by side', () => {
      const handled: unknown[] = []
      let isRefusing = false
      const note = (name: string) => async (body: unknown) => {
        if (isRefusing) throw new Unrecoverable('not today')
        handled.push([name, body])
      }
      const old = createOldBuild(note)
      const next = createNextBuild(note)
      let before: TestBus
      let after: TestBus

      beforeEach(() => {
        handled.length = 0
        before = createTestBus(harness.storage, [old])
        after = createTestBus(harness.storage, [next])
      })
      afterEach(() => {
        before.stop()
        after.stop()
      })

      it('C8: each subscriber gets the version that it declares', async () => {
        await after.bus.publish(MovedV1, { place: 'Bern' })
        const { messageId } = await after.bus.publish(MovedV2, { city: 'Basel', country: 'CH' })
        await after.drain()
        expect(new Set(handled)).toEqual(
          new Set([
            ['depot.plan', { city: 'Basel', country: 'CH' }],
            ['depot.plan', { city: 'Bern', country: 'CH' }],
            ['depot.track', { place: 'Bern' }],
          ]),
        )
        const track = (await find(messageId)).find((each) => each.subscription === 'depot.track')
        expect(track).toMatchObject({
          state: 'pending',
          attempt: 0,
          parkedReason: expect.stringContaining('version 2'),
        })
      })

      it('C8: an older body, stored by the build before, is upcast, its secrets too', async () => {
        await before.bus.publish(MovedV1, { place: 'Bern' })
        await before.bus.send(OpenV1, { key: 'open sesame' })
        expect(JSON.stringify(await harness.messages())).not.toContain('open sesame')
        await after.drain()
        expect(new Set(handled)).toEqual(
          new Set([
            ['depot.open', { code: 'open sesame', by: 'unknown' }],
            ['depot.plan', { city: 'Bern', country: 'CH' }],
            ['depot.track', { place: 'Bern' }],
          ]),
        )
      })

      it('C8: what cannot be upcast is parked with its reason, and nothing is counted or lost', async () => {
        const { messageId } = await before.bus.publish(MovedV1, { place: '' })
        await after.drain()
        const plan = (await find(messageId)).find((each) => each.subscription === 'depot.plan')!
        expect(plan).toMatchObject({ state: 'pending', attempt: 0 })
        expect(plan.parkedReason).toMatch(/upcaster of depot\.moved from version 1 to 2 failed on it \(RangeError\)/)
        expect(await harness.attempts(plan.deliveryId)).toEqual([])
        expect(await after.unpark()).toBe(0)
        expect(await after.drain()).toEqual([])
      })

      it('C10: after a roll-back a later version waits, and is delivered once a build knows it', async () => {
        const { messageId } = await after.bus.publish(MovedV2, { city: 'Basel', country: 'CH' })
        expect(await before.drain()).toEqual(['parked'])
        expect(await before.unpark()).toBe(0)
        expect(await before.drain()).toEqual([])
        expect(handled).toEqual([])
        expect((await find(messageId)).map((each) => [each.state, each.attempt])).toEqual([
          ['pending', 0],
          ['pending', 0],
        ])
        expect(await after.unpark()).toBe(1)
        expect(await after.drain()).toEqual(['succeeded'])
        expect(handled).toEqual([['depot.plan', { city: 'Basel', country: 'CH' }]])
      })

      it('C10: a type that the build does not know stays, and is delivered once one knows it', async () => {
        const { messageId } = await after.bus.publish(Closed, {})
        expect(await before.drain()).toEqual([])
        expect(await find(messageId)).toMatchObject([{ state: 'pending', attempt: 0 }])
        expect(await after.drain()).toEqual(['succeeded'])
      })

      it('R10, C8: an edit is checked by what its handler understands today', async () => {
        const { messageId } = await before.bus.publish(MovedV1, { place: 'Bern' })
        isRefusing = true
        await before.drain()
        isRefusing = false
        const plan = (await find(messageId)).find((each) => each.subscription === 'depot.plan')!
        expect(plan.state).toBe('dead')
        expect(await after.edit(plan.deliveryId, '{"place": "Basel"}')).toMatchObject({
          outcome: 'invalid',
          issues: [{ path: 'city' }, { path: 'country' }],
        })
        expect(await after.edit(plan.deliveryId, '{"city": "Basel", "country": "CH"}')).toMatchObject({
          outcome: 'retried',
        })
        await after.drain()
        expect(handled).toEqual([['depot.plan', { city: 'Basel', country: 'CH' }]])
      })

      it('C11: a new build says before a deploy what of all that waits or died it could not read', async () => {
        await before.bus.publish(MovedV1, { place: 'Bern' })
        await before.drain()
        await test.bus.send(Pack, { name: 'hopeless' })
        await test.drain()
        await before.bus.send(OpenV1, { key: 'open sesame' }, { at: new Date(Date.now() + 3_600_000) })
        const { messageId } = await before.bus.publish(MovedV1, { place: '' })
        // Two that wait, one that is scheduled, one that is dead; what succeeded is nobody's worry.
        const { checked, problems } = await after.checkContracts()
        expect(checked).toBe(4)
        const [dead] = (await harness.deliveries()).filter((each) => each.state === 'dead')
        const plan = (await find(messageId)).find((each) => each.subscription === 'depot.plan')!
        const asSeen = (each: { deliveryId: string; state: string; subscription: string }) =>
          `${each.deliveryId} ${each.state} ${each.subscription}`
        expect(problems.map(asSeen).sort()).toEqual([asSeen(dead!), asSeen(plan)].sort())
        expect(Object.fromEntries(problems.map((each) => [each.subscription, each.problem]))).toEqual({
          'store.pack': expect.stringContaining('no subscription store.pack'),
          'depot.plan': expect.stringContaining('failed on it (RangeError)'),
        })
        expect((await before.checkContracts()).problems.map((each) => each.subscription)).toEqual(['store.pack'])
      })

      it('C10: an operator lets go of what is parked, once', async () => {
        await after.bus.publish(MovedV2, { city: 'Basel', country: 'CH' })
        await before.drain()
        const plan = (await harness.deliveries()).find((each) => each.subscription === 'depot.plan')!
        const { deliveries, unitOfWork } = harness.storage
        const unpark = () => unitOfWork.run((tx) => deliveries.unpark(tx, [plan.deliveryId]))
        expect(await unpark()).toBe(1)
        expect(await unpark()).toBe(0)
        expect(await after.drain()).toEqual(['succeeded'])
      })
    })
  })
}
