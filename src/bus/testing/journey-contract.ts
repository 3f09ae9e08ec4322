/** The way of a message between nodes that come and go, and of its reply: scenarios for every storage adapter. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { handle, handleOutside, subscribe } from '../handlers.ts'
import { defineCommand, defineEvent } from '../message.ts'
import type { ClaimedDelivery, Storage } from '../ports.ts'
import type { Module } from '../registry.ts'
import type { Harness } from './contract.ts'
import { createTestBus, type TestBus } from './test-bus.ts'

const body = z.object({ name: z.string() })
const Open = defineCommand('shop.open', { version: 1, body, reply: z.object({ door: z.string() }) })
const Opened = defineEvent('shop.opened', { version: 1, body })
const Fail = defineCommand('shop.fail', { version: 1, body, reply: z.object({}) })

/** Every gap three times the one before. */
const GAPS_MS = [40, 120, 360]

/** Runs the suite on one adapter. */
export function describeJourneyContract(name: string, createHarness: () => Promise<Harness>): void {
  describe(`the journey of a message on ${name}`, () => {
    let harness: Harness
    let test: TestBus
    let nodes: TestBus[]
    let inHandler: () => Promise<void>
    let inSubscriber: () => Promise<void>

    const shop = (): Module => ({
      name: 'shop',
      messages: [Open, Opened, Fail],
      subscriptions: [
        handle(Open, {}, async (command, { tx, publish }) => {
          await harness.effect(tx, `opened ${command.name}`)
          publish(Opened, command)
          await inHandler()
          return { door: `door of ${command.name}` }
        }),
        handle(Fail, { retry: { maxAttempts: 4, firstDelayMs: 40, factor: 3, jitter: 0 } }, async () => {
          throw new Error('not today')
        }),
        subscribe(Opened, 'shop.greet', {}, async (event, { tx }) => {
          await inSubscriber()
          await harness.effect(tx, `greeted ${event.name}`)
        }),
      ],
    })
    /** Another node on the same storage. */
    const startNode = (storage: Storage = harness.storage) => {
      const node = createTestBus(storage, [shop()])
      nodes.push(node)
      return node
    }
    const effects = async () => (await harness.effects()).toSorted()
    const claimOne = async (subscription: string) => {
      const { deliveries } = harness.storage
      const [claimed] = await deliveries.claim([{ subscription, free: 1, order: null }], 60_000)
      return claimed as ClaimedDelivery
    }
    const untilDue = async (subscription: string) => {
      let claimed: ClaimedDelivery | undefined
      const look = async () => {
        claimed = await claimOne(subscription)
        return claimed
      }
      await expect.poll(look).toBeDefined()
      return claimed!
    }
    const stateOf = async (subscription: string) =>
      (await harness.deliveries()).find((each) => each.subscription === subscription)?.state

    beforeEach(async () => {
      inHandler = async () => {}
      inSubscriber = async () => {}
      nodes = []
      harness = await createHarness()
      test = startNode()
    })
    afterEach(async () => {
      for (const node of nodes) node.stop()
      await harness.stop()
    })

    it('D3, D10: what was sent while no node handled anything is handled by the next that starts', async () => {
      await test.bus.send(Open, { name: 'a' })
      test.stop()
      expect(await stateOf('shop.open')).toBe('pending')
      expect(await effects()).toEqual([])
      await startNode().drain()
      expect(await effects()).toEqual(['greeted a', 'opened a'])
    })

    it('D4: a node that dies between its handler and the settlement leaves nothing, and the effect is there once', async () => {
      const died = Promise.withResolvers<void>()
      const settle = () => Promise.reject(new Error('killed'))
      const conclude = () => {
        died.resolve()
        return new Promise<never>(() => {})
      }
      const { deliveries } = harness.storage
      const dying = startNode({ ...harness.storage, deliveries: { ...deliveries, settle, conclude } })
      await test.bus.send(Open, { name: 'a' })
      const [claimed] = await dying.claim(-1)
      void dying.handle(claimed!)
      await died.promise
      expect(await effects()).toEqual([])
      expect(await stateOf('shop.greet')).toBeUndefined()
      await test.reap()
      await test.drain()
      expect(await effects()).toEqual(['greeted a', 'opened a'])
    })

    it('D4: a settlement that is not taken at first is asked for again, and its handler is not', async () => {
      const { deliveries } = harness.storage
      const asked: string[] = []
      const conclude: Storage['deliveries']['conclude'] = (conclusions) =>
        asked.push('settlement') > 3 ? deliveries.conclude(conclusions) : Promise.reject(new Error('not reachable'))
      const call = handleOutside(Open, {}, async () => {
        asked.push('handler')
        return { door: 'a' }
      })
      const storage = { ...harness.storage, deliveries: { ...deliveries, conclude } }
      const cut = createTestBus(storage, [{ name: 'shop', messages: [Open], subscriptions: [call] }])
      nodes.push(cut)
      await cut.bus.send(Open, { name: 'a' })
      expect(await cut.drain()).toEqual(['succeeded'])
      expect(asked).toEqual(['handler', 'settlement', 'settlement', 'settlement'])
    })

    it('D11: while nothing can be taken to its handler it stays, and goes on in order afterwards', async () => {
      const away = () => Promise.reject(new Error('not reachable'))
      const cut = startNode({ ...harness.storage, deliveries: { ...harness.storage.deliveries, claim: away } })
      const sent: string[] = []
      for (const each of ['a', 'b', 'c']) {
        sent.push(
          (await cut.bus.send(Open, { name: each }, { at: new Date(Date.now() - 1_000 + sent.length) })).messageId,
        )
        await expect(cut.drain()).rejects.toThrow('not reachable')
      }
      const taken: string[] = []
      while (taken.length < sent.length) {
        const claimed = await claimOne('shop.open')
        taken.push(claimed.envelope.messageId)
        await test.handle(claimed)
      }
      expect(taken).toEqual(sent)
    })

    it('D6: of three nodes that look at once one handles a message, with one set of effects', async () => {
      await test.bus.send(Open, { name: 'a' })
      await Promise.all([test, startNode(), startNode()].map((node) => node.drain()))
      expect(await effects()).toEqual(['greeted a', 'opened a'])
      expect((await harness.deliveries()).map((each) => `${each.state} ${each.attempt}`)).toEqual([
        'succeeded 1',
        'succeeded 1',
      ])
    })

    it('T2: what is due later is handled at its time by a node that has started meanwhile, and not before', async () => {
      const at = new Date(Date.now() + 300)
      await test.bus.send(Open, { name: 'a' }, { at })
      test.stop()
      const later = startNode()
      await expect.poll(() => later.drain()).toContain('succeeded')
      expect(Date.now()).toBeGreaterThanOrEqual(at.getTime())
      expect(await effects()).toEqual(['greeted a', 'opened a'])
    })

    it('Q1: a reply reaches its caller from another node', async () => {
      const asked = test.bus.execute(Open, { name: 'a' })
      const other = startNode()
      await expect.poll(() => other.drain()).toContain('succeeded')
      expect((await asked).reply).toEqual({ door: 'door of a' })
    })

    it('Q4: a subscriber that takes its time does not delay the reply', async () => {
      const slow = Promise.withResolvers<void>()
      inSubscriber = () => slow.promise
      const asked = test.bus.execute(Open, { name: 'a' })
      await expect.poll(() => stateOf('shop.open')).toBe('pending')
      await test.handle(await claimOne('shop.open'))
      const greeting = test.handle(await claimOne('shop.greet'))
      expect((await asked).reply).toEqual({ door: 'door of a' })
      expect(await stateOf('shop.greet')).toBe('running')
      slow.resolve()
      expect((await greeting).end).toBe('succeeded')
    })

    it('Q5, Q6: a reply comes after the commit: whoever has it finds the effect and the events there', async () => {
      let isAnswered = false
      const seen: unknown[] = []
      inHandler = async () => {
        seen.push(isAnswered, await effects(), await stateOf('shop.open'))
      }
      const asked = test.bus.execute(Open, { name: 'a' }).finally(() => {
        isAnswered = true
      })
      await expect.poll(() => stateOf('shop.open')).toBe('pending')
      const handling = test.handle(await claimOne('shop.open'))
      await asked
      expect(seen).toEqual([false, [], 'running'])
      expect([await effects(), await stateOf('shop.open'), await stateOf('shop.greet')]).toEqual([
        ['opened a'],
        'succeeded',
        'pending',
      ])
      await handling
    })

    it('R2: delayed retries come after the gaps that are configured, and not before', async () => {
      await test.bus.send(Fail, { name: 'a' })
      const gaps: number[] = []
      for (const gap of GAPS_MS) {
        const end = await test.handle(await untilDue('shop.fail'))
        if (end.end === 'retrying') gaps.push(end.delayMs)
        const dueInMs = await harness.storage.deliveries.nextDueInMs([{ name: 'shop.fail', order: null }], 60_000)
        expect(dueInMs).toBeLessThanOrEqual(gap)
        // The first gaps may have passed by now, on a busy machine; the last one is long enough to look.
        if (gap === GAPS_MS.at(-1)) expect(dueInMs).toBeGreaterThan(0)
      }
      expect(gaps).toEqual(GAPS_MS)
    })
  })
}
