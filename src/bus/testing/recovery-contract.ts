/** What every storage adapter promises about failures: rules, death and what is told of it, outages. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { busModule, DeliveryDied } from '../delivery-died.ts'
import { RetryAfter, Unrecoverable } from '../errors.ts'
import { handleOutside, subscribe } from '../handlers.ts'
import { defineCommand, defineEvent } from '../message.ts'
import type { Module } from '../registry.ts'
import type { Harness } from './contract.ts'
import { createTestBus, type TestBus } from './test-bus.ts'

class OutOfStock extends Error {
  override readonly name = 'OutOfStock'
}

const Order = defineCommand('shop.order', { version: 1, body: z.object({ item: z.string() }), reply: z.object({}) })
const Apologise = defineCommand('shop.apologise', {
  version: 1,
  body: z.object({ item: z.string() }),
  reply: z.object({}),
})
const Ordered = defineEvent('shop.ordered', { version: 1, body: z.object({}) })

type Script = (attempt: number) => Promise<unknown>
type Scripts = Partial<Record<'order' | 'onDead' | 'watch' | 'other', Script>>

/** Runs the suite on one adapter. */
export function describeRecoveryContract(name: string, createHarness: () => Promise<Harness>): void {
  describe(`recovery on ${name}`, () => {
    let harness: Harness
    let test: TestBus
    let scripts: Scripts
    let told: string[]

    const retry = { maxAttempts: 3, firstDelayMs: 0, jitter: 0 }
    const shop = (): Module => ({
      name: 'shop',
      messages: [Order, Apologise, Ordered],
      subscriptions: [
        handleOutside(
          Order,
          {
            retry,
            outage: { after: 10, probeEveryMs: 0 },
            errors: [{ when: OutOfStock, do: 'discard' }],
            onDead: async ({ item }, { send, error }) => {
              await scripts.onDead?.(0)
              send(Apologise, { item: `${item}: ${error.message}` })
            },
          },
          async (_, { attempt }) => {
            await scripts.order?.(attempt)
            return {}
          },
        ),
        handleOutside(Apologise, { retry }, async ({ item }) => {
          told.push(item)
          return {}
        }),
        subscribe(Ordered, 'shop.other', { retry }, async (_, { attempt }) => void (await scripts.other?.(attempt))),
        subscribe(DeliveryDied, 'shop.watch', { retry }, async (event, { attempt }) => {
          await scripts.watch?.(attempt)
          told.push(`${event.subscription} died of ${event.errorName}`)
        }),
      ],
    })
    const find = async (subscription: string) =>
      (await harness.deliveries()).find((each) => each.subscription === subscription)!
    const faultEvents = async () => (await harness.messages()).filter((each) => each.name === DeliveryDied.name)
    const fail = (error: Error) => async () => {
      throw error
    }

    beforeEach(async () => {
      scripts = {}
      told = []
      harness = await createHarness()
      test = createTestBus(harness.storage, [busModule, shop()])
    })
    afterEach(async () => {
      test.stop()
      await harness.stop()
    })

    it('R3: an error that says so ends the delivery at once, with its attempt kept', async () => {
      scripts.order = fail(new Unrecoverable('no such item'))
      await test.bus.send(Order, { item: 'hat' })
      await test.drain()
      const died = await find('shop.order')
      expect(died).toMatchObject({ state: 'dead', attempt: 1 })
      expect(await harness.attempts(died.deliveryId)).toMatchObject([{ number: 1, outcome: 'failed' }])
    })

    it('R4: a rule discards, with the reason, and nobody is told of a death', async () => {
      scripts.order = fail(new OutOfStock('no hats'))
      const reply = test.bus.execute(Order, { item: 'hat' })
      const refused = expect(reply).rejects.toMatchObject({ code: 'handler-fault' })
      await expect.poll(test.drain).toEqual(['discarded'])
      await refused
      const reason = expect.stringMatching(/OutOfStock.*no hats/)
      expect(await find('shop.order')).toMatchObject({ state: 'discarded', attempt: 1, reason })
      expect([await faultEvents(), told]).toEqual([[], []])
    })

    it('R11: what a rule discarded can be taken back and tried again', async () => {
      scripts.order = fail(new OutOfStock('no hats'))
      await test.bus.send(Order, { item: 'hat' })
      await test.drain()
      const { deliveryId } = await find('shop.order')
      const { deliveries, unitOfWork } = harness.storage
      expect(await unitOfWork.run((tx) => deliveries.restore(tx, deliveryId))).toBe('done')
      scripts.order = async () => {}
      expect(await unitOfWork.run((tx) => deliveries.revive(tx, deliveryId))).toBe('done')
      expect(await test.drain()).toEqual(['succeeded'])
    })

    it('R2: an error that says how long to wait is heard', async () => {
      scripts.order = fail(new RetryAfter('busy', 60_000))
      await test.bus.send(Order, { item: 'hat' })
      expect(await test.drain()).toEqual(['retrying'])
      const dueInMs = await harness.storage.deliveries.nextDueInMs([{ name: 'shop.order', order: null }], 0)
      expect(dueInMs).toBeGreaterThan(50_000)
      expect(dueInMs).toBeLessThanOrEqual(60_000)
    })

    it('R6: a death is told once, with the last word of its handler, whichever attempt it was', async () => {
      scripts.order = fail(new TypeError('broken'))
      await test.bus.send(Order, { item: 'hat' })
      await test.drain()
      const died = await find('shop.order')
      expect(died).toMatchObject({ state: 'dead', attempt: 3 })
      expect(await harness.attempts(died.deliveryId)).toHaveLength(3)
      const [event, ...more] = await faultEvents()
      expect(more).toEqual([])
      expect(event).toMatchObject({
        causationId: died.messageId,
        body: {
          deliveryId: died.deliveryId,
          messageId: died.messageId,
          messageName: 'shop.order',
          errorName: 'TypeError',
        },
      })
      expect(told.sort()).toEqual(['hat: broken', 'shop.order died of TypeError'])
    })

    it('R6: the death of a delivery that tells of a death is not told', async () => {
      scripts.order = fail(new Unrecoverable('no'))
      scripts.watch = fail(new Unrecoverable('not either'))
      await test.bus.send(Order, { item: 'hat' })
      await test.drain()
      expect(await find('shop.watch')).toMatchObject({ state: 'dead' })
      expect(await faultEvents()).toHaveLength(1)
    })

    it('R6: a delivery dies also when its last word fails, and says so', async () => {
      scripts.order = fail(new Unrecoverable('no'))
      scripts.onDead = fail(new Error('no paper'))
      await test.bus.send(Order, { item: 'hat' })
      await test.drain()
      expect(await find('shop.order')).toMatchObject({ state: 'dead', reason: expect.stringContaining('no paper') })
      expect(told).toEqual(['shop.order died of Unrecoverable'])
    })

    it('R6: a death by silence is told like any other', async () => {
      scripts.order = fail(new Error('no'))
      await test.bus.send(Order, { item: 'hat' })
      for (const attempt of [1, 2]) {
        const [delivery] = await test.claim(60_000)
        expect(delivery!.attempt).toBe(attempt)
        await test.handle(delivery!)
      }
      const [silent] = await test.claim(-1)
      await harness.storage.deliveries.start(silent!)
      expect(await test.reap()).toEqual(['dead'])
      expect((await test.handle(silent!)).end).toBe('lease-lost')
      await test.drain()
      const died = await find('shop.order')
      expect(died).toMatchObject({ state: 'dead', attempt: 3 })
      expect((await harness.attempts(died.deliveryId)).map((each) => each.outcome)).toEqual([
        'failed',
        'failed',
        'lease-lost',
      ])
      expect(await faultEvents()).toHaveLength(1)
      expect(told.filter((each) => each.includes('LeaseLost'))).toEqual(['shop.order died of LeaseLost'])
    })

    it('R5: what fails for good keeps nobody behind it', async () => {
      scripts.order = fail(new Unrecoverable('no'))
      await test.bus.send(Order, { item: 'poison' })
      await test.bus.publish(Ordered, {})
      await test.drain()
      expect(await find('shop.other')).toMatchObject({ state: 'succeeded' })
    })

    it('R7: a handler that fails time after time is only probed, on all nodes, and costs nobody attempts', async () => {
      let isBroken = true
      scripts.order = async () => {
        if (isBroken) throw new Error('no connection')
      }
      const otherNode = createTestBus(harness.storage, [busModule, shop()])
      for (const item of 'abcdefghijkl'.split('')) await test.bus.send(Order, { item })
      await Promise.all((await test.claim(60_000)).map(test.handle))
      for (const node of [test, otherNode, test, otherNode, test, otherNode, test, otherNode]) {
        const probes = await node.claim(60_000)
        expect(probes).toHaveLength(1)
        expect(await (node === test ? otherNode : test).claim(60_000)).toEqual([])
        expect(await node.handle(probes[0]!)).toMatchObject({ end: 'retrying' })
      }
      await test.bus.publish(Ordered, {})
      const claimed = await otherNode.claim(60_000)
      expect(claimed.map((each) => each.subscription).sort()).toEqual(['shop.order', 'shop.other'])
      isBroken = false
      await Promise.all(claimed.map(otherNode.handle))
      const rest = await test.claim(60_000)
      expect(rest).toHaveLength(11)
      await Promise.all(rest.map(test.handle))
      const orders = (await harness.deliveries()).filter((each) => each.subscription === 'shop.order')
      expect(orders.map((each) => each.state)).toEqual(orders.map(() => 'succeeded'))
      expect(await harness.storage.outages.list()).toEqual([])
      otherNode.stop()
    })

    it('R7: what ends untried, or for a reason of its own, delays no end of an outage: the next one probes at once', async () => {
      let isBroken = true
      scripts.order = async () => {
        if (isBroken) throw new Error('no connection')
      }
      for (const item of 'abcdefghijkl'.split('')) await test.bus.send(Order, { item })
      await Promise.all((await test.claim(60_000)).map(test.handle))
      const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000)
      // Those that are older come first.
      for (const hours of [3, 4, 5]) {
        const { messageId } = await test.bus.send(
          Order,
          { item: 'stale' },
          { at: new Date(Date.now() + 1e6), ttlMs: 0 },
        )
        await test.bus.reschedule(messageId, hoursAgo(hours))
      }
      isBroken = false
      const discarded = await test.bus.send(Order, { item: 'out of stock' }, { at: new Date(Date.now() + 1e6) })
      await test.bus.reschedule(discarded.messageId, hoursAgo(2))
      scripts.order = async () => {
        scripts.order = async () => {}
        throw new OutOfStock('no hats')
      }
      const ends = await test.drain()
      expect(ends.slice(0, 4)).toEqual(['expired', 'expired', 'expired', 'discarded'])
      expect(ends.slice(4)).toEqual(Array.from({ length: 12 }, () => 'succeeded'))
      expect(await harness.storage.outages.list()).toEqual([])
    })

    it('R7: failures that a success lies between are no outage, nor are those of one message', async () => {
      scripts.order = fail(new Unrecoverable('poison'))
      for (const item of ['a', 'b', 'c', 'd', 'e']) await test.bus.send(Order, { item })
      await test.drain()
      for (const item of 'abcdefghijkl'.split('')) {
        scripts.order = async (attempt) => {
          if (attempt === 1) throw new Error('not yet')
        }
        await test.bus.send(Order, { item })
        await test.drain()
      }
      expect(await harness.storage.outages.list()).toEqual([])
    })

    it('I3: failures of one kind have one fingerprint, and another kind has another', async () => {
      const errors = [new TypeError('a'), new TypeError('b'), new RangeError('c')]
      for (const error of errors) {
        scripts.order = fail(Object.assign(error, { stack: `${error.name}: x\n    at pack (/app/src/pack.ts:1:1)` }))
        await test.bus.send(Order, { item: error.message })
        await test.drain()
      }
      const prints = (await faultEvents()).map((each) => (each.body as { fingerprint: string }).fingerprint)
      expect(new Set(prints).size).toBe(2)
      expect(prints[0]).toBe(prints[1])
    })
  })
}
