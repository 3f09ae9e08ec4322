/** Many deliveries in one transaction: scenarios for every storage adapter. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { handleBatch, subscribeBatch } from '../batch-handlers.ts'
import { handle } from '../handlers.ts'
import { defineCommand, defineEvent } from '../message.ts'
import type { Module } from '../registry.ts'
import type { LosingHarness } from './contract.ts'
import { createTestBus, type TestBus } from './test-bus.ts'

const body = z.object({ name: z.string() })
const Opened = defineEvent('shop.opened', { version: 1, body })
const Pack = defineCommand('shop.pack', { version: 1, body, reply: z.object({ parcel: z.string() }) })
const Label = defineCommand('shop.label', { version: 1, body, reply: z.object({}) })
const Packed = defineEvent('shop.packed', { version: 1, body })

/** Runs the suite on one adapter. */
export function describeBatchContract(name: string, createHarness: () => Promise<LosingHarness>): void {
  describe(`batches on ${name}`, () => {
    let harness: LosingHarness
    let test: TestBus
    let batches: string[][]
    let bad: Set<string>
    let isHanging: boolean
    let isLosing: boolean
    let isForgetful: boolean

    const retry = { maxAttempts: 3, firstDelayMs: 0, jitter: 0 }
    const shop = (timeoutMs = 15_000): Module => ({
      name: 'shop',
      messages: [Opened, Pack, Label, Packed],
      subscriptions: [
        subscribeBatch(Opened, 'shop.count', { retry, timeoutMs, batch: { maxSize: 10 } }, async (items, { tx }) => {
          const names = items.map((each) => each.body.name)
          batches.push(names)
          for (const each of names) await harness.effect(tx, each)
          if (names.some((each) => bad.has(each))) throw new Error('cannot be counted')
          if (isLosing && names.length > 1) await harness.loseCommit(tx)
          if (isHanging && names.length > 1) await new Promise(() => {})
        }),
        handleBatch(Pack, { retry, timeoutMs, batch: { maxSize: 10 } }, async (items, { tx }) => {
          const names = items.map((each) => each.body.name)
          batches.push(names)
          for (const { body: parcel, send, publish } of items) {
            await harness.effect(tx, parcel.name)
            send(Label, parcel)
            publish(Packed, parcel)
          }
          if (names.some((each) => bad.has(each))) throw new Error('cannot be packed')
          const replies = names.map((each) => ({ parcel: `parcel of ${each}` }))
          return isForgetful && names.length > 1 ? replies.slice(1) : replies
        }),
        handle(Label, {}, async () => ({})),
      ],
    })
    const publish = async (...names: string[]) => {
      for (const each of names) await test.bus.publish(Opened, { name: each })
    }
    const states = async () => (await harness.deliveries()).map((each) => `${each.state} ${each.attempt}`)

    beforeEach(async () => {
      batches = []
      bad = new Set()
      isHanging = false
      isLosing = false
      isForgetful = false
      harness = await createHarness()
      test = createTestBus(harness.storage, [shop()])
    })
    afterEach(async () => {
      test.stop()
      await harness.stop()
    })

    it('D4, D7: what is handled together settles together, each as its own delivery', async () => {
      await publish('a', 'b', 'c')
      const ends = await test.handleTogether(await test.claim(60_000))
      expect(ends.map((each) => each.end)).toEqual(['succeeded', 'succeeded', 'succeeded'])
      expect(batches.map((each) => each.toSorted())).toEqual([['a', 'b', 'c']])
      expect((await harness.effects()).toSorted()).toEqual(['a', 'b', 'c'])
      expect(await states()).toEqual(['succeeded 1', 'succeeded 1', 'succeeded 1'])
      expect(await test.drain()).toEqual([])
    })

    it('D9: a batch whose commit is refused is handled one by one, and each counts once', async () => {
      isLosing = true
      await publish('a', 'b')
      const ends = await test.handleTogether(await test.claim(60_000))
      expect(ends.map((each) => each.end)).toEqual(['succeeded', 'succeeded'])
      expect(batches.map((each) => each.length)).toEqual([2, 1, 1])
      expect((await harness.effects()).toSorted()).toEqual(['a', 'b'])
      expect(await states()).toEqual(['succeeded 1', 'succeeded 1'])
    })

    it('Q1, Q6: commands handled together are answered each with its own reply, once they are settled', async () => {
      const names = ['a', 'b', 'c']
      const asked = names.map((name) => test.bus.execute(Pack, { name }))
      const claimed: Awaited<ReturnType<TestBus['claim']>> = []
      await expect.poll(async () => claimed.push(...(await test.claim(60_000)))).toBe(3)
      const ends = await test.handleTogether(claimed)
      expect(ends.map((each) => each.end)).toEqual(['succeeded', 'succeeded', 'succeeded'])
      expect(batches).toHaveLength(1)
      const replies = (await Promise.all(asked)).map((each) => each.reply)
      expect(replies).toEqual(names.map((each) => ({ parcel: `parcel of ${each}` })))
    })

    it('D9, C7: what a batch sends leaves when it settles, and each message points to its own cause', async () => {
      for (const name of ['a', 'b']) await test.bus.send(Pack, { name })
      const claimed = await test.claim(60_000)
      await test.handleTogether(claimed)
      const messages = await harness.messages()
      for (const { envelope } of claimed) {
        const caused = messages.filter((each) => each.causationId === envelope.messageId)
        expect(caused.map((each) => each.name).toSorted()).toEqual(['shop.label', 'shop.packed'])
        expect(caused.map((each) => each.body)).toEqual([envelope.body, envelope.body])
        expect(caused.map((each) => each.conversationId)).toEqual([envelope.conversationId, envelope.conversationId])
      }
      expect(await test.drain()).toEqual(['succeeded', 'succeeded'])
    })

    it('R5, D9: of commands one of which cannot be handled only the others leave messages, once each', async () => {
      bad.add('b')
      for (const name of ['a', 'b', 'c']) await test.bus.send(Pack, { name })
      const ends = await test.handleTogether(await test.claim(60_000))
      expect(ends.map((each) => each.end).toSorted()).toEqual(['retrying', 'succeeded', 'succeeded'])
      expect((await harness.effects()).toSorted()).toEqual(['a', 'c'])
      const labels = (await harness.messages()).filter((each) => each.name === 'shop.label')
      expect(labels.map((each) => (each.body as { name: string }).name).toSorted()).toEqual(['a', 'c'])
    })

    it('D9, D15: a batch that lost a lease leaves no message of that one', async () => {
      for (const name of ['a', 'b']) await test.bus.send(Pack, { name })
      const [lost, ...others] = await test.claim(-1)
      await harness.storage.deliveries.renew(others, 60_000)
      await harness.storage.deliveries.reap()
      const ends = await test.handleTogether([lost!, ...others])
      expect(ends.map((each) => each.end)).toEqual(['lease-lost', 'succeeded'])
      const labels = (await harness.messages()).filter((each) => each.name === 'shop.label')
      expect(labels.map((each) => each.causationId)).toEqual(others.map((each) => each.envelope.messageId))
    })

    it('C9: a batch handler that forgets a reply has failed, and each command is handled on its own', async () => {
      isForgetful = true
      for (const name of ['a', 'b']) await test.bus.send(Pack, { name })
      const ends = await test.handleTogether(await test.claim(60_000))
      expect(ends.map((each) => each.end)).toEqual(['succeeded', 'succeeded'])
      expect(batches.map((each) => each.length)).toEqual([2, 1, 1])
      expect((await harness.effects()).toSorted()).toEqual(['a', 'b'])
    })

    it('R5, D8: one that cannot be handled takes no other with it, and leaves no effect', async () => {
      bad.add('b')
      await publish('a', 'b', 'c')
      const claimed = await test.claim(60_000)
      const ends = await test.handleTogether(claimed)
      const endOf = (name: string) =>
        ends[claimed.findIndex((each) => (each.envelope.body as { name: string }).name === name)]?.end
      expect(['a', 'b', 'c'].map(endOf)).toEqual(['succeeded', 'retrying', 'succeeded'])
      expect((await harness.effects()).toSorted()).toEqual(['a', 'c'])
      expect(await test.drain()).toEqual(['retrying', 'dead'])
      expect((await states()).toSorted()).toEqual(['dead 3', 'succeeded 1', 'succeeded 1'])
    })

    it('R8: a batch past its time limit is rolled back and handled one by one', async () => {
      test.stop()
      test = createTestBus(harness.storage, [shop(1_000)])
      isHanging = true
      await publish('a', 'b')
      const ends = await test.handleTogether(await test.claim(60_000))
      expect(ends.map((each) => each.end)).toEqual(['succeeded', 'succeeded'])
      expect((await harness.effects()).toSorted()).toEqual(['a', 'b'])
    })

    it('D15: of a batch of which one lease was taken over the others are handled, and that one only once', async () => {
      await publish('a', 'b')
      const [lost] = await test.claim(-1)
      const { leaseToken } = lost!
      await harness.storage.deliveries.reap()
      const again = await test.claim(60_000)
      const stale = again.map((each) => (each.deliveryId === lost!.deliveryId ? { ...each, leaseToken } : each))
      const ends = await test.handleTogether(stale)
      expect(ends.map((each) => each.end).toSorted()).toEqual(['lease-lost', 'succeeded'])
      expect(await harness.effects()).toHaveLength(1)
      await harness.storage.deliveries.renew(again, -1)
      await harness.storage.deliveries.reap()
      await test.drain()
      expect((await harness.effects()).toSorted()).toEqual(['a', 'b'])
    })

    it('T6, C9: what is stale or cannot be read ends on its own and never joins the others', async () => {
      await publish('a', 'b')
      await test.bus.publish(Opened, { name: 'late' }, { ttlMs: 0 })
      const claimed = await test.claim(60_000)
      const broken = claimed.map((each) =>
        (each.envelope.body as { name: string }).name === 'b'
          ? { ...each, envelope: { ...each.envelope, body: { name: 7 } } }
          : each,
      )
      const ends = await test.handleTogether(broken)
      expect(ends.map((each) => each.end).toSorted()).toEqual(['dead', 'expired', 'succeeded'])
      expect(batches).toEqual([['a']])
    })
  })
}
