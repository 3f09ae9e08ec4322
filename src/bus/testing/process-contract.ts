/**
 * What every storage adapter promises about process managers, as scenarios. The letters are those of the promises in
 * README.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../envelope.ts'
import { handle } from '../handlers.ts'
import type { Storage } from '../ports.ts'
import type { ProcessInstance, ProcessRevision } from '../process-store.ts'
import { subscriptionsOf } from '../process-subscriptions.ts'
import { defineOrders, Joined, loyalty, membership, orderMessages, Welcomed } from './orders.ts'
import { createTestBus, type TestBus } from './test-bus.ts'

export interface ProcessHarness {
  storage: Storage
  instances(): Promise<ProcessInstance[]>
  revisions(process: string, key: string): Promise<ProcessRevision[]>
  messages(): Promise<
    { messageId: string; name: string; body: unknown; key: string | null; causationId: string | null }[]
  >
  deliveries(): Promise<
    { messageId: string; subscription: string; state: string; attempt: number; reply: unknown; reason: string | null }[]
  >
  /** Makes every instance so much older. */
  age(days: number): Promise<void>
  stop(): Promise<void>
}

const HOUR_MS = 3_600_000
const { Ordered, Paid, Packed, Cancelled, Ship, Shipped, Pause } = orderMessages

/** Runs the suite on one adapter. */
export function describeProcessContract(name: string, createHarness: () => Promise<ProcessHarness>): void {
  describe(`processes on ${name}`, () => {
    let harness: ProcessHarness
    let test: TestBus

    let orders: ReturnType<typeof defineOrders>

    const open = (lateMs = HOUR_MS) => {
      const { processes } = harness.storage
      orders = defineOrders(lateMs)
      test = createTestBus(harness.storage, [
        {
          name: 'shop',
          messages: [
            ...[...Object.values(orderMessages), Joined, Welcomed],
            ...[orders.timeOut, loyalty.timeOut, membership.timeOut],
          ],
          subscriptions: [
            ...subscriptionsOf(orders, processes),
            ...subscriptionsOf(loyalty, processes),
            ...subscriptionsOf(membership, processes),
            handle(Ship, {}, async ({ order }, { publish }) => {
              publish(Shipped, { order })
              return {}
            }),
          ],
        },
      ])
    }
    const order = async (key = 'a') => {
      const instances = await harness.instances()
      return instances.find((each) => each.process === 'shop.order' && each.key === key)
    }
    const start = async (key = 'a') => {
      await test.bus.publish(Ordered, { order: key, name: 'Anna' })
      await test.drain()
    }
    const count = async (message: string) => (await harness.messages()).filter((each) => each.name === message).length
    const deliveryTo = async (subscription: string) =>
      (await harness.deliveries()).filter((each) => each.subscription === subscription)

    beforeEach(async () => {
      harness = await createHarness()
      open()
    })
    afterEach(async () => {
      const sent = new Set((await harness.messages()).map((each) => each.messageId))
      for (const { process, key, version } of await harness.instances()) {
        const revisions = await harness.revisions(process, key)
        // Nothing was overwritten: each revision follows from the one before, and all that it sent is there.
        expect(revisions.map((each) => each.version)).toEqual(Array.from({ length: version }, (_, index) => index + 1))
        for (const [index, each] of revisions.entries()) {
          expect(each.before).toEqual(index === 0 ? null : revisions[index - 1]!.after)
          expect(each.messagesOut.filter(({ messageId }) => !sent.has(messageId))).toEqual([])
        }
      }
      test.stop()
      await harness.stop()
    })

    it('S1: start messages at once make one instance, and none of them is lost', async () => {
      await Promise.all(Array.from({ length: 8 }, () => test.bus.publish(Ordered, { order: 'a', name: 'Anna' })))
      await test.drain()
      const instances = (await harness.instances()).filter((each) => each.process === 'shop.order')
      expect(instances).toMatchObject([{ key: 'a', version: 8, status: 'running', context: { lines: 8 } }])
      expect(await count('shop.time-out-order')).toBe(1)
    })

    it('S2: messages at once for one instance do not overwrite each other', async () => {
      await start()
      await Promise.all([
        test.bus.publish(Paid, { order: 'a' }),
        test.bus.publish(Packed, { order: 'a' }),
        ...Array.from({ length: 6 }, () => test.bus.publish(Ordered, { order: 'a', name: 'Anna' })),
      ])
      await test.drain()
      expect(await order()).toMatchObject({ status: 'completed', state: 'shipping' })
      expect(await count('shop.ship')).toBe(1)
      expect(await count('shop.shipped')).toBe(1)
    })

    it('S3: a time-out reaches its own instance, and no other', async () => {
      open(30)
      await start('a')
      open()
      await start('b')
      await expect.poll(async () => [...(await test.drain()), (await order('a'))?.status].at(-1)).toBe('failed')
      expect(await order('a')).toMatchObject({ state: 'late', timers: [], waitingFor: [] })
      expect(await order('b')).toMatchObject({ status: 'running', version: 1 })
      expect((await harness.messages()).find((each) => each.name === 'shop.order-late')?.body).toEqual({ order: 'a' })
      const timeOuts = (await harness.messages()).filter((each) => each.name === 'shop.time-out-order')
      expect(timeOuts.map((each) => each.key)).toEqual(['a', 'b'])
    })

    it('S3: a time-out for a finished process is dropped, and so is one of a state that was left', async () => {
      const timeOuts = []
      for (const key of ['finished', 'left', 'again']) {
        await start(key)
        const [set] = (await order(key))!.timers
        timeOuts.push({ key, timer: set!.timer, setAt: set!.setAt })
      }
      await test.bus.publish(Cancelled, { order: 'finished' })
      await test.bus.publish(Paid, { order: 'left' })
      await test.bus.send(Pause, { order: 'again' })
      await test.drain()
      // Back in the state, with a time-out of its own: the first one must not be taken for it.
      await start('again')
      for (const each of timeOuts) await test.bus.send(orders.timeOut, each)
      await test.drain()
      const came = (await deliveryTo('shop.time-out-order')).filter((each) => each.state === 'succeeded')
      expect(came.map((each) => each.reply)).toEqual([
        { outcome: 'dropped', reason: 'the instance is completed' },
        { outcome: 'dropped', reason: 'its state was left' },
        { outcome: 'dropped', reason: 'its state was left' },
      ])
      expect(await order('finished')).toMatchObject({ status: 'completed', state: 'cancelled', version: 2 })
      expect(await order('left')).toMatchObject({ status: 'running', version: 2 })
      expect(await order('again')).toMatchObject({ status: 'running', version: 3, timers: [{ setAt: 3 }] })
      expect(await count('shop.order-late')).toBe(0)
    })

    it('S3, T3: a process that finishes calls its time-outs off with that step, and one that leaves a state those of the state', async () => {
      await Promise.all(['finished', 'left', 'waiting'].map((key) => start(key)))
      const timeOutOf = async (key: string) => (await order(key))!.timers[0]!.messageId!
      const [finished, left, waiting] = [
        await timeOutOf('finished'),
        await timeOutOf('left'),
        await timeOutOf('waiting'),
      ]
      await test.bus.publish(Cancelled, { order: 'finished' })
      await test.bus.publish(Paid, { order: 'left' })
      await test.drain()
      const scheduled = await deliveryTo('shop.time-out-order')
      const of = (id: string) => scheduled.find((each) => each.messageId === id)
      expect(of(finished)).toMatchObject({ state: 'discarded', reason: 'the instance is completed' })
      expect(of(left)).toMatchObject({ state: 'discarded', reason: 'its state was left' })
      expect(of(waiting)).toMatchObject({ state: 'pending', reason: null })
      expect(await order('left')).toMatchObject({ status: 'running', timers: [] })
    })

    it('S3, S5: the step of a node that lost its lease calls nothing off', async () => {
      await start()
      await test.bus.publish(Cancelled, { order: 'a' })
      const stalled = await test.claim(-1)
      await harness.storage.deliveries.reap()
      for (const each of stalled) expect((await test.handle(each)).end).toBe('lease-lost')
      expect(await deliveryTo('shop.time-out-order')).toMatchObject([{ state: 'pending' }])
    })

    it('S4: two kinds of process on one event are independent', async () => {
      await start()
      await test.bus.publish(Cancelled, { order: 'a' })
      await test.drain()
      await start()
      expect(await order()).toMatchObject({ status: 'completed', version: 2 })
      const other = (await harness.instances()).find((each) => each.process === 'shop.loyalty')
      expect(other).toMatchObject({ key: 'a', status: 'running', state: 'known', version: 1 })
    })

    it('S5: the step of a node that lost its lease leaves no state, no revision and no message', async () => {
      await test.bus.publish(Ordered, { order: 'a', name: 'Anna' })
      const stalled = await test.claim(-1)
      await harness.storage.deliveries.reap()
      for (const each of stalled) expect((await test.handle(each)).end).toBe('lease-lost')
      expect(await harness.instances()).toEqual([])
      expect(await count('shop.time-out-order')).toBe(0)
      await test.drain()
      expect(await order()).toMatchObject({ version: 1, status: 'running' })
      expect(await count('shop.time-out-order')).toBe(1)
    })

    it('S5: a step is kept with the message that came in, those that left, and both states', async () => {
      await start()
      await test.bus.publish(Packed, { order: 'a' })
      await test.drain()
      const { messageId } = await test.bus.publish(Paid, { order: 'a' })
      await test.drain()
      const last = (await harness.revisions('shop.order', 'a')).at(-1)!
      const ship = (await harness.messages()).find((each) => each.name === 'shop.ship')!
      expect(last).toMatchObject({
        messageIn: { messageId, name: 'shop.paid' },
        before: { state: { open: { payment: 'waiting', packing: 'packed' } }, context: { lines: 1 } },
        after: { state: 'shipping', context: { lines: 1 } },
        messagesOut: [{ messageId: ship.messageId, name: 'shop.ship', action: 'ship' }],
      })
      const [first] = await harness.revisions('shop.order', 'a')
      expect(first).toMatchObject({ before: null, messagesOut: [{ name: 'shop.time-out-order', action: 'time-out' }] })
      expect(ship.causationId).toBe(messageId)
    })

    it('S6: what comes before its process is there waits for it, and ends well', async () => {
      const early = await test.bus.publish(Paid, { order: 'a' })
      const [claimed] = await test.claim(60_000)
      expect((await test.handle(claimed!)).end).toBe('retrying')
      await start()
      await test.bus.publish(Packed, { order: 'a' })
      await test.drain()
      expect(await order()).toMatchObject({ status: 'completed', state: 'shipping' })
      const revisions = await harness.revisions('shop.order', 'a')
      expect(revisions.map((each) => each.messageIn.messageId)).toContain(early.messageId)
    })

    it('D13, X5: instances that finished long ago are purged with their history, those that run never', async () => {
      const purge = async (days: number) => {
        let gone = 0
        const retention = { defaultDays: 30, exceptions: new Map([['shop.order', days]]) }
        for await (const rows of harness.storage.history.purgeProcesses(retention)) gone += rows
        return gone
      }
      await Promise.all(['old', 'running'].map((key) => start(key)))
      await test.bus.publish(Cancelled, { order: 'old' })
      await test.drain()
      expect(await purge(7)).toBe(0)
      await harness.age(8)
      await start('new')
      await test.bus.publish(Cancelled, { order: 'new' })
      await test.drain()
      expect(await purge(10)).toBe(0)
      expect(await purge(7)).toBe(1)
      expect(await harness.revisions('shop.order', 'old')).toEqual([])
      await harness.age(100)
      expect(await purge(200)).toBe(0)
      expect(await purge(7)).toBe(1)
      const left = (await harness.instances()).map((each) => `${each.process} ${each.key} ${each.status}`)
      expect(left.sort()).toEqual([
        ...['new', 'old', 'running'].map((each) => `shop.loyalty ${each} running`),
        'shop.order running running',
      ])
      expect(await harness.revisions('shop.order', 'running')).toHaveLength(1)
    })

    it('C10, S2: an older build counts no attempt at an instance that a newer one has written, and leaves it to that', async () => {
      const { processes } = harness.storage
      const newer = createTestBus(harness.storage, [
        {
          name: 'shop',
          messages: [...Object.values(orderMessages), orders.timeOut],
          subscriptions: [...subscriptionsOf({ ...orders, version: 2 }, processes), handle(Ship, {}, async () => ({}))],
        },
      ])
      await newer.bus.publish(Ordered, { order: 'a', name: 'Anna' })
      await newer.drain()
      await test.bus.publish(Paid, { order: 'a' })
      expect(await test.drain()).toContain('parked')
      expect(await deliveryTo('shop.order-on-paid')).toMatchObject([{ state: 'pending', attempt: 0 }])
      await newer.unpark()
      await newer.drain()
      expect(await deliveryTo('shop.order-on-paid')).toMatchObject([{ state: 'succeeded', attempt: 1 }])
      newer.stop()
    })

    it('S7: a message that finds no instance is ignored, refused, tried again or starts one, as declared', async () => {
      await test.bus.publish(Packed, { order: 'nobody' })
      await test.bus.publish(Cancelled, { order: 'nobody' })
      expect((await test.drain()).sort()).toEqual(['dead', 'succeeded'])
      expect(await deliveryTo('shop.order-on-cancelled')).toMatchObject([{ state: 'dead', attempt: 1 }])
      await test.bus.publish(Paid, { order: 'nobody' })
      expect((await test.drain()).filter((each) => each === 'retrying')).toHaveLength(29)
      expect(await deliveryTo('shop.order-on-paid')).toMatchObject([{ state: 'dead', attempt: 30 }])
      expect(await harness.instances()).toEqual([])
      await start('nobody')
      expect(await order('nobody')).toMatchObject({ version: 1 })
    })

    it('S6, S7: a message awaits the start of its instance while that is on its way, and is ignored where none is', async () => {
      const [early, never] = [newId(), newId()]
      await test.bus.publish(Welcomed, { person: never })
      expect(await test.drain()).toEqual(['succeeded'])
      expect(await harness.instances()).toEqual([])

      await test.bus.publish(Joined, { person: early })
      const [starting] = await test.claim(60_000)
      await test.bus.publish(Welcomed, { person: early })
      const [welcomed] = await test.claim(60_000)
      expect((await test.handle(welcomed!)).end).toBe('retrying')
      expect((await test.handle(starting!)).end).toBe('succeeded')
      expect(await test.drain()).toEqual(['succeeded'])
      expect(await harness.instances()).toMatchObject([{ key: early, state: 'welcomed' }])
    })

    it('S7: a process that handles a command answers what became of it', async () => {
      const pause = async () => {
        const asked = test.bus.execute(Pause, { order: 'a' })
        await expect.poll(test.drain).not.toEqual([])
        return (await asked).reply
      }
      expect(await pause()).toEqual({ reception: 'not-found' })
      await start()
      expect(await pause()).toEqual({ reception: 'moved' })
      expect(await pause()).toEqual({ reception: 'unchanged' })
      expect(await order()).toMatchObject({ state: 'paused', version: 2, timers: [] })
    })

    it('S8: a running instance says what it waits for, until when, and who owes it', async () => {
      const before = Date.now()
      await start()
      const { waitingFor } = (await order())!
      expect(waitingFor).toMatchObject([
        { state: 'open', messages: ['shop.ordered', 'shop.cancelled', 'shop.pause'], owes: ['shop'], until: null },
        { state: 'open.payment.waiting', what: 'the money', messages: ['shop.paid'], owes: ['the customer'] },
        { state: 'open.packing.waiting', what: 'shop.packed', messages: ['shop.packed'], owes: ['shop'], until: null },
      ])
      const until = Date.parse(waitingFor[1]!.until!)
      expect(until - HOUR_MS).toBeGreaterThanOrEqual(before - 1)
      expect(until - HOUR_MS).toBeLessThanOrEqual(Date.now())
      await test.bus.publish(Paid, { order: 'a' })
      await test.drain()
      expect((await order())!.waitingFor.map((each) => each.state)).toEqual(['open', 'open.packing.waiting'])
    })
  })
}
