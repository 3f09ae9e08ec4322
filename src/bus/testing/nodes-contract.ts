/** What becomes of nodes that die, stop, lose their storage or lead: scenarios for every storage adapter. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createHandling, type DispatcherEvent, type Handling, NodeLife } from '../../runtime/index.ts'
import { createCatalog } from '../catalog.ts'
import { Unrecoverable } from '../errors.ts'
import { handle, handleOutside } from '../handlers.ts'
import { defineCommand } from '../message.ts'
import type { NodeStore, Storage } from '../ports.ts'
import { createRegistry, type Module } from '../registry.ts'
import { createSealer } from '../sealing.ts'
import type { Harness } from './contract.ts'
import { gatedStorage } from './gated-storage.ts'
import { mortalStorage } from './mortal-storage.ts'
import { createTestBus, TEST_SECRET, type TestBus } from './test-bus.ts'
import { createTown, REGISTRATION, SendMail, SignUp } from './town.ts'

/** What the suite needs besides: what nodes of one storage know of each other, as one of them sees it. */
export interface NodesHarness extends Harness {
  nodesAs(node: string): NodeStore
}

const numbered = { version: 1, body: z.object({ number: z.int() }), reply: z.object({}) }
const Count = defineCommand('shop.count', numbered)
const Call = defineCommand('shop.call', numbered)

/** As many runs of a flow as it has calls. */
const LONGEST_MS = 120_000

const oneTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

/** Runs the suite on one adapter. */
export function describeNodesContract(adapter: string, createHarness: () => Promise<NodesHarness>): void {
  describe(`nodes on ${adapter}`, () => {
    let harness: NodesHarness
    const opened = new Set<() => unknown>()

    beforeEach(async () => {
      harness = await createHarness()
    })
    afterEach(async () => {
      for (const stop of opened) await stop()
      opened.clear()
      await harness.stop()
    })

    describe('a node that dies at any call to its storage', { timeout: LONGEST_MS }, () => {
      const mails: string[] = []
      let unstamped: (name: string) => boolean

      beforeEach(() => {
        mails.length = 0
        unstamped = () => false
      })

      const startNode = (storage: Storage = harness.storage): TestBus => {
        const mail = (name: string) => {
          if (unstamped(name)) throw new Unrecoverable('no stamps')
          mails.push(name)
        }
        const node = createTestBus(storage, [createTown(storage, { effect: harness.effect, mail })])
        opened.add(node.stop)
        return node
      }
      /** As a node of which every lease has run out by the time it dies; in a fixed order, so that every run asks alike. */
      const drainInTurn = async (node: TestBus) => {
        for (let claimed = await node.claim(-1); claimed.length > 0; claimed = await node.claim(-1)) {
          const inTurn = claimed.toSorted((a, b) => a.subscription.localeCompare(b.subscription))
          for (const delivery of inTurn) await node.handle(delivery)
        }
      }
      /** Another node takes over until nothing is left to do. */
      const finish = async (name: string) => {
        const node = startNode()
        const isOpen = async () => {
          await node.reap()
          await drainInTurn(node)
          return (await about(name)).filter((each) => /pending|running|retrying/.test(each))
        }
        await expect.poll(isOpen).toEqual([])
      }
      /** Deliveries of messages that name somebody, and what they are for. */
      const about = async (name: string) => {
        const messages = await harness.messages()
        const own = messages.filter(({ body }) => Object.values(body as object).includes(name))
        const ids = new Set(own.map((each) => each.messageId))
        const deliveries = (await harness.deliveries()).filter((each) => ids.has(each.messageId))
        return deliveries.map((each) => `${each.subscription} ${each.state}`).sort()
      }
      const endOf = async (name: string) => {
        const instance = await harness.storage.unitOfWork.run((tx) =>
          harness.storage.processes.find(tx, REGISTRATION, name),
        )
        return {
          deliveries: await about(name),
          effects: (await harness.effects()).filter((each) => each.endsWith(` ${name}`)).sort(),
          // Outside, whoever receives it knows a repeat by its id.
          mails: new Set(mails.filter((each) => each === name)).size,
          process: [instance?.status, instance?.state, instance?.version],
        }
      }

      interface Flow {
        prepare(name: string): Promise<void>
        begin(node: TestBus, storage: Storage, name: string): Promise<unknown>
      }
      /** Runs a flow on a node that dies at the k-th call, and on another one from there. */
      const run = async ({ prepare, begin }: Flow, k: number) => {
        const name = `person ${k}`
        await prepare(name)
        const life = mortalStorage(harness.storage, k)
        const node = startNode(life.storage)
        const flow = async () => {
          await begin(node, life.storage, name)
          await drainInTurn(node)
        }
        await Promise.race([flow(), life.died])
        // Whoever got no answer asks again.
        await begin(startNode(), harness.storage, name)
        await finish(name)
        return { calls: life.calls, end: await endOf(name) }
      }
      const killAtEach = async (flow: Flow) => {
        const undisturbed = await run(flow, Number.POSITIVE_INFINITY)
        expect(undisturbed.calls.length).toBeGreaterThan(10)
        for (let k = 1; k <= undisturbed.calls.length; k += 1) {
          const { calls, end } = await run(flow, k)
          const place = `call ${k}: ${undisturbed.calls[k - 1]}`
          expect(calls.at(-1), place).toBe(undisturbed.calls[k - 1])
          expect(end.deliveries, place).toEqual(undisturbed.end.deliveries)
          expect(nameless(end), place).toEqual(nameless(undisturbed.end))
        }
        return undisturbed.end
      }
      const nameless = ({ effects, ...end }: Awaited<ReturnType<typeof endOf>>) => ({
        ...end,
        effects: effects.map((each) => each.replace(/person .*/, 'somebody')),
      })

      it('D16: whichever call of a sign-up it was, mails, effects and the step of each process are as without it', async () => {
        const end = await killAtEach({
          prepare: async () => {},
          begin: (node, _, name) => node.bus.send(SignUp, { name }, { idempotencyKey: name }),
        })
        expect(nameless(end)).toMatchObject({
          effects: ['account of somebody', 'counted somebody', 'registered somebody'],
          mails: 1,
          process: ['completed', 'registered', 2],
        })
      })

      it('D16: whichever call of a retry it was, what was dead is handled once it is retried, and once only', async () => {
        const find = async (name: string) => {
          const message = (await harness.messages()).find(
            (each) => each.name === SendMail.name && (each.body as { name: string }).name === name,
          )!
          const deliveries = await harness.deliveries()
          return deliveries.find((each) => each.messageId === message.messageId)!
        }
        const end = await killAtEach({
          prepare: async (name) => {
            unstamped = () => true
            const node = startNode()
            await node.bus.send(SignUp, { name })
            await expect
              .poll(async () => {
                await drainInTurn(node)
                return about(name)
              })
              .toContain('town.send-mail dead')
            unstamped = () => false
          },
          begin: async (_, { deliveries, unitOfWork }, name) => {
            const { deliveryId } = await find(name)
            await unitOfWork.run((tx) => deliveries.revive(tx, deliveryId))
          },
        })
        expect(end).toMatchObject({ mails: 1, process: ['completed', 'registered', 2] })
      })
    })

    interface Stage {
      handling: Handling
      events: DispatcherEvent[]
    }
    const startHandling = (
      module: Module,
      {
        storage = harness.storage,
        ...options
      }: { storage?: Storage; leaseMs?: number; graceMs?: number; pollMs?: number } = {},
    ): Stage => {
      const events: DispatcherEvent[] = []
      const registry = createRegistry([module])
      const handling = createHandling({
        registry,
        catalog: createCatalog(registry.definitions, createSealer(TEST_SECRET)),
        clock: { now: () => new Date() },
        storage,
        observe: (event) => void events.push(event),
        leaseMs: 8_000,
        pollMs: 50,
        graceMs: 10_000,
        maxInFlight: 200,
        ...options,
      })
      opened.add(() => handling.stop())
      handling.dispatcher.start()
      return { handling, events }
    }

    it('O3: a node that stops finishes what is in its hands, takes nothing new, and leaves the rest to the others', async () => {
      const started: number[] = []
      const ended: number[] = []
      const release = Promise.withResolvers<void>()
      const shop: Module = {
        name: 'shop',
        messages: [Call],
        subscriptions: [
          handleOutside(Call, { concurrency: 2 }, async ({ number }) => {
            started.push(number)
            await release.promise
            ended.push(number)
            return {}
          }),
        ],
      }
      const sender = createTestBus(harness.storage, [shop])
      opened.add(sender.stop)
      for (const number of oneTo(6)) await sender.bus.send(Call, { number })
      const stopping = startHandling(shop)
      await expect.poll(() => started.length).toBe(2)
      const stopped = stopping.handling.stop()
      release.resolve()
      await stopped
      expect([started, ended]).toEqual([
        [1, 2],
        [1, 2],
      ])
      expect((await harness.deliveries()).map((each) => each.state).sort()).toEqual([
        ...oneTo(4).map(() => 'pending'),
        ...oneTo(2).map(() => 'succeeded'),
      ])
      startHandling(shop)
      await expect.poll(() => ended.toSorted((a, b) => a - b)).toEqual(oneTo(6))
    })

    it('O3: and waits no longer than it may: who does not listen is told to stop, and done again elsewhere', async () => {
      const told: number[] = []
      let isDeaf = true
      const shop: Module = {
        name: 'shop',
        messages: [Count],
        subscriptions: [
          handle(Count, {}, async ({ number }, { signal, tx }) => {
            signal.addEventListener('abort', () => told.push(number))
            if (isDeaf) await new Promise(() => {})
            await harness.effect(tx, String(number))
            return {}
          }),
        ],
      }
      const { handling } = startHandling(shop, { leaseMs: 1_500, graceMs: 50 })
      await handling.bus.send(Count, { number: 1 })
      await expect.poll(() => handling.dispatcher.inFlight).toBe(1)
      await handling.stop()
      expect(told).toEqual([1])
      isDeaf = false
      startHandling(shop, { leaseMs: 1_500 })
      await expect.poll(harness.effects).toEqual(['1'])
    })

    it('O1: the next of a key begins when the one before has ended, and not with a poll', async () => {
      const handled: number[] = []
      const shop: Module = {
        name: 'shop',
        messages: [Call],
        subscriptions: [
          handleOutside(Call, { order: { whenDead: 'wait' } }, async ({ number }) => {
            handled.push(number)
            return {}
          }),
        ],
      }
      const sender = createTestBus(harness.storage, [shop])
      opened.add(sender.stop)
      for (const number of oneTo(20)) await sender.bus.send(Call, { number }, { key: 'a' })
      startHandling(shop, { pollMs: 60_000 })
      await expect.poll(() => handled).toEqual(oneTo(20))
    })

    it('R2, O1: a delayed retry of what is kept in order comes when it is due, and not with a poll', async () => {
      const begun: number[] = []
      const retry = { maxAttempts: 3, firstDelayMs: 150, factor: 1, jitter: 0 }
      const shop: Module = {
        name: 'shop',
        messages: [Call],
        subscriptions: [
          handleOutside(Call, { retry, order: { whenDead: 'wait' } }, async (_, { attempt }) => {
            begun.push(performance.now())
            if (attempt < 3) throw new Error('not yet')
            return {}
          }),
        ],
      }
      const { handling } = startHandling(shop, { pollMs: 60_000 })
      await handling.bus.send(Call, { number: 1 }, { key: 'a' })
      await handling.bus.send(Call, { number: 2 }, { key: 'a' })
      await expect.poll(() => begun.length).toBe(4)
      const [first, second, third] = begun as [number, number, number]
      for (const gap of [second - first, third - second]) {
        expect(gap).toBeGreaterThanOrEqual(149)
        expect(gap).toBeLessThan(800)
      }
    })

    it('D14: what a long transaction sends to its own node has its whole lease before it, and is called for once', async () => {
      const leaseMs = 600
      const calls: number[] = []
      const hasPassed = async (ms: number) => {
        const until = performance.now() + ms
        await expect.poll(() => performance.now() >= until).toBe(true)
      }
      const shop: Module = {
        name: 'shop',
        messages: [Count, Call],
        subscriptions: [
          handle(Count, {}, async ({ number }, { tx, send }) => {
            await harness.effect(tx, String(number))
            await hasPassed(leaseMs + 100)
            send(Call, { number })
            return {}
          }),
          handleOutside(Call, {}, async ({ number }) => {
            calls.push(number)
            await hasPassed(2 * leaseMs)
            return {}
          }),
        ],
      }
      const { handling } = startHandling(shop, { leaseMs })
      // Looks for leases that ran out much more often than those are renewed.
      const { events } = startHandling({ name: 'reaper', messages: [], subscriptions: [] }, { leaseMs: 30 })
      await handling.bus.send(Count, { number: 1 })
      const states = async () => (await harness.deliveries()).map((each) => [each.state, each.attempt])
      const each = ['succeeded', 1]
      await expect.poll(states, { timeout: 10_000 }).toEqual([each, each])
      expect(calls).toEqual([1])
      expect(events.filter(({ event }) => event === 'leases.reaped')).toEqual([])
    })

    it('O5: its storage goes away and comes back: no crash, no loss, nothing twice, and its health says so', async () => {
      let isAway = false
      const reach = <T>(make: () => Promise<T>) => (isAway ? Promise.reject(new Error('The storage is away.')) : make())
      const storage = gatedStorage(harness.storage, {
        each: (_, make) => reach(make),
        around: reach,
        // Nor does a transaction commit that was open when it went.
        within: async (work) => {
          const result = await work
          return reach(async () => result)
        },
      })
      const inHand = Promise.withResolvers<void>()
      const retry = { maxAttempts: 50, firstDelayMs: 5 }
      const shop: Module = {
        name: 'shop',
        messages: [Count],
        subscriptions: [
          handle(Count, { retry }, async ({ number }, { tx }) => {
            if (number <= 3) await inHand.promise
            await harness.effect(tx, String(number))
            return {}
          }),
        ],
      }
      const { handling, events } = startHandling(shop, { storage, leaseMs: 1_500 })
      const { bus, dispatcher } = handling
      const send = (numbers: number[]) => Promise.all(numbers.map((number) => bus.send(Count, { number })))
      await send(oneTo(20))
      await expect.poll(async () => (await harness.effects()).length).toBe(17)
      expect(dispatcher.isHealthy).toBe(true)
      isAway = true
      inHand.resolve()
      await expect.poll(() => dispatcher.isHealthy).toBe(false)
      await expect(send([99])).rejects.toThrow('away')
      await expect.poll(() => events.filter((each) => each.event === 'dispatcher.failed').length).toBeGreaterThan(3)
      expect(await harness.effects()).toHaveLength(17)
      isAway = false
      await expect.poll(() => dispatcher.isHealthy).toBe(true)
      await send([21, 22, 23])
      await expect.poll(async () => (await harness.effects()).map(Number).sort((a, b) => a - b)).toEqual(oneTo(23))
      expect(events.some((each) => each.event === 'dispatcher.recovered')).toBe(true)
    })

    it('O6: singular jobs run on one node; when it dies another takes over, and when it stops at once', async () => {
      const ran: string[] = []
      const silent = new Set<string>()
      /** A node that was killed says nothing and does nothing any more. */
      const unlessDead = async <T>(name: string, make: () => Promise<T>): Promise<T> =>
        silent.has(name) ? new Promise<never>(() => {}) : make()
      const startLife = (name: string, leadMs: number) => {
        const known = harness.nodesAs(name)
        const nodes: NodeStore = {
          beat: (description, inFlight) => unlessDead(name, () => known.beat(description, inFlight)),
          lead: (job, leaseMs) => unlessDead(name, () => known.lead(job, leaseMs)),
          leave: () => known.leave(),
          forget: () => known.forget(),
        }
        const purge = { name: 'purge', everyMs: 5, run: () => unlessDead(name, async () => void ran.push(name)) }
        const life = new NodeLife({
          nodes,
          description: { host: 'here', pid: 1, role: 'all', version: '1' },
          jobs: [purge],
          inFlight: () => 0,
          observe: () => {},
          beatMs: 50,
          leadMs,
        })
        life.start()
        return life
      }
      const first = startLife('first', 1_500)
      await expect.poll(() => ran).toContain('first')
      const second = startLife('second', 600_000)
      opened.add(() => second.stop())
      const third = startLife('third', 600_000)
      opened.add(() => third.stop())
      const before = ran.length
      await expect.poll(() => ran.length).toBeGreaterThan(before + 20)
      expect([first, second, third].map((each) => each.isLeading)).toEqual([true, false, false])
      expect(new Set(ran)).toEqual(new Set(['first']))

      silent.add('first')
      await expect.poll(() => [second, third].filter((each) => each.isLeading)).toHaveLength(1)
      const [heir, follower] = second.isLeading ? [second, third] : [third, second]
      const [heirName, followerName] = heir === second ? ['second', 'third'] : ['third', 'second']
      await expect.poll(() => ran).toContain(heirName)
      expect(follower.isLeading).toBe(false)
      expect(ran).not.toContain(followerName)

      await heir.stop()
      // It was given up: nobody had to wait until it ran out.
      await expect.poll(() => ran).toContain(followerName)
      expect(ran.lastIndexOf(heirName)).toBeLessThan(ran.indexOf(followerName))
    })
  })
}
