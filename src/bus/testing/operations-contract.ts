/** What every storage adapter promises about operations on many dead deliveries. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { newId } from '../envelope.ts'
import { handleOutside } from '../handlers.ts'
import { defineCommand } from '../message.ts'
import type { OperationKind, Pace } from '../operation.ts'
import { stepOperation } from '../operation-step.ts'
import type { DeadSelection, OperationStore } from '../operation-store.ts'
import type { Storage } from '../ports.ts'
import { createRegistry, type Module } from '../registry.ts'
import { gatedPart } from './gated-storage.ts'
import { mortalStorage } from './mortal-storage.ts'
import { createTestBus, type TestBus } from './test-bus.ts'

export interface OperationsHarness {
  storage: Storage
  operations: OperationStore
  /** Somebody who may operate. */
  actorId: string
  deliveries(): Promise<{ deliveryId: string; messageId: string; state: string; fingerprint: string | null }[]>
  messages(): Promise<{ messageId: string; body: unknown }[]>
  /** As an operator does to one alone, with what is kept of who discarded it. */
  discard(deliveryId: string): Promise<unknown>
  restore(deliveryId: string): Promise<unknown>
  find(operationId: string): Promise<{
    state: string
    note: string | null
    items: { deliveryId: string; state: string }[]
  } | null>
  /** As if the pause between two steps were over. */
  hurry(): Promise<void>
  stop(): Promise<void>
}

const body = z.object({ name: z.string() })
const Pack = defineCommand('shop.pack', { version: 1, body, reply: z.object({}) })
const Ship = defineCommand('shop.ship', { version: 1, body, reply: z.object({}) })

class NotNeeded extends Error {
  override readonly name = 'NotNeeded'
}

/** As many runs of an operation as it has calls. */
const LONGEST_MS = 120_000
const FAST: Pace = { stages: [], perSecond: 1_000, stopShare: null }
const EVERYTHING: DeadSelection = { by: 'filter', subscription: null, text: null }

/** Runs the suite on one adapter. */
export function describeOperationsContract(adapter: string, createHarness: () => Promise<OperationsHarness>): void {
  describe(`operations on ${adapter}`, () => {
    let harness: OperationsHarness
    let test: TestBus
    let isBroken: (name: string) => boolean
    let isNeedless: (name: string) => boolean
    let handled: string[]
    let ended: string[]

    const work = (definition: typeof Pack) =>
      handleOutside(
        definition,
        { retry: { maxAttempts: 1 }, outage: null, errors: [{ when: NotNeeded, do: 'discard' }] },
        async ({ name }) => {
          handled.push(name)
          if (isNeedless(name)) throw new NotNeeded(name)
          if (isBroken(name)) throw new Error(`no ${definition.name} for ${name}`)
          return {}
        },
      )
    const shop: Module = { name: 'shop', messages: [Pack, Ship], subscriptions: [work(Pack), work(Ship)] }
    const registry = createRegistry([shop])

    beforeEach(async () => {
      isBroken = () => true
      isNeedless = () => false
      handled = []
      ended = []
      harness = await createHarness()
      test = createTestBus(harness.storage, [shop])
    })
    afterEach(async () => {
      test.stop()
      await harness.stop()
    })

    /** By what it is about. */
    const nameOf = async () => {
      const names = new Map(
        (await harness.messages()).map((each) => [each.messageId, (each.body as typeof body._output).name]),
      )
      return new Map((await harness.deliveries()).map((each) => [each.deliveryId, names.get(each.messageId)!]))
    }
    const find = async (name: string) => {
      const names = await nameOf()
      return (await harness.deliveries()).find((each) => names.get(each.deliveryId) === name)!
    }
    const statesOf = async (names: readonly string[]) =>
      Promise.all(names.map(async (name) => (await find(name)).state))
    const die = async (definition: typeof Pack, ...names: string[]) => {
      for (const name of names) {
        await test.bus.send(definition, { name })
        // One after the other: an operation takes them in the order in which they died.
        await expect
          .poll(async () => {
            await test.drain()
            return (await find(name)).state
          })
          .toBe('dead')
      }
    }
    const start = async (
      selection: DeadSelection,
      {
        kind = 'retry',
        operations = harness.operations,
        storage = harness.storage,
        ...pace
      }: Partial<Pace> & {
        kind?: OperationKind
        operations?: OperationStore
        storage?: Storage
      } = {},
    ) => {
      const operationId = newId()
      const { actorId } = harness
      const asOf = new Date(Date.now() + 1_000).toISOString()
      const operation = { operationId, kind, actorId, asOf, pace: { ...FAST, ...pace }, reason: 'not needed' }
      const total = await storage.unitOfWork.run((tx) => operations.freeze(tx, operation, selection))
      return { operationId, total }
    }
    const takeBack = async (discardedBy: string) => {
      const operationId = newId()
      const { actorId, operations, storage } = harness
      const asOf = new Date().toISOString()
      const undo = { operationId, kind: 'restore', actorId, asOf, pace: FAST, reason: null } as const
      const total = await storage.unitOfWork.run((tx) => operations.freezeDiscarded(tx, undo, discardedBy))
      return { operationId, total }
    }
    const step = async (operations = harness.operations, { unitOfWork } = harness.storage) => {
      const onEnded = async (_: unknown, operationId: string, state: string) =>
        void ended.push(`${operationId} ${state}`)
      await harness.hurry()
      return unitOfWork.run((tx) => stepOperation({ operations, registry, onEnded }, tx))
    }
    const outcomes = async (operationId: string) => {
      const names = await nameOf()
      const { items } = (await harness.find(operationId))!
      return Object.fromEntries(items.map((each) => [names.get(each.deliveryId), each.state]))
    }
    const steer = (verb: 'pause' | 'resume' | 'abort', operationId: string) =>
      harness.storage.unitOfWork.run((tx) => harness.operations[verb](tx, operationId))

    it('R9: retries one, a selection, a group and what a filter finds, and nothing beside it', async () => {
      await die(Pack, 'a', 'b', 'c')
      await die(Ship, 'd', 'e', 'f')
      isBroken = () => false
      const all = ['a', 'b', 'c', 'd', 'e', 'f']
      const retry = async (selection: DeadSelection) => {
        const { total } = await start(selection)
        while (await step()) await test.drain()
        return [total, (await statesOf(all)).map((state, index) => (state === 'dead' ? all[index] : '')).join('')]
      }
      const ids = await Promise.all(all.map(async (name) => (await find(name)).deliveryId))
      expect(await retry({ by: 'ids', deliveryIds: [ids[0]!] })).toEqual([1, 'bcdef'])
      expect(await retry({ by: 'ids', deliveryIds: [ids[1]!, ids[3]!, newId()] })).toEqual([2, 'cef'])
      expect(await retry({ by: 'filter', subscription: null, text: 'SHIP for E' })).toEqual([1, 'cf'])
      expect(await retry({ by: 'filter', subscription: 'shop.nobody', text: null })).toEqual([0, 'cf'])
      expect(await retry({ by: 'group', fingerprint: (await find('f')).fingerprint! })).toEqual([1, 'c'])
      expect(await retry({ by: 'groups', fingerprints: [(await find('c')).fingerprint!] })).toEqual([1, ''])
    })

    it('R9: goes at its pace, and what waits, is on its way, went well and failed again are different states', async () => {
      await die(Pack, 'a', 'b', 'c')
      const { operationId } = await start(EVERYTHING, { perSecond: 2 })
      await die(Pack, 'late')
      isBroken = (name) => name === 'b'
      await step()
      expect(await outcomes(operationId)).toEqual({ a: 'retried', b: 'retried', c: 'waiting' })
      await test.drain()
      await step()
      expect(await outcomes(operationId)).toEqual({ a: 'succeeded', b: 'failed-again', c: 'retried' })
      await step()
      expect(ended).toEqual([])
      await test.drain()
      await step()
      expect(await harness.find(operationId)).toMatchObject({ state: 'completed' })
      expect(ended).toEqual([`${operationId} completed`])
      expect(await step()).toBe(false)
      expect(await statesOf(['a', 'b', 'c', 'late'])).toEqual(['succeeded', 'dead', 'succeeded', 'dead'])
    })

    it('R9: tries one first, and the rest only once that has succeeded', async () => {
      await die(Pack, 'a', 'b', 'c')
      const { operationId } = await start(EVERYTHING, { stages: [1] })
      isBroken = () => false
      await step()
      await step()
      expect(await outcomes(operationId)).toEqual({ a: 'retried', b: 'waiting', c: 'waiting' })
      await test.drain()
      await step()
      expect(await outcomes(operationId)).toEqual({ a: 'succeeded', b: 'retried', c: 'retried' })
    })

    it('R9: stops by itself when the first fails again, and leaves the rest alone', async () => {
      await die(Pack, 'a', 'b', 'c')
      const { operationId } = await start(EVERYTHING, { stages: [1] })
      await step()
      await test.drain()
      await step()
      expect(await harness.find(operationId)).toMatchObject({ state: 'stopped', note: 'The first one failed again.' })
      expect(await outcomes(operationId)).toEqual({ a: 'failed-again', b: 'skipped', c: 'skipped' })
      expect(await statesOf(['a', 'b', 'c'])).toEqual(['dead', 'dead', 'dead'])
    })

    it('R9: stops by itself at a share of failures', async () => {
      await die(Pack, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')
      const { operationId } = await start(EVERYTHING, { perSecond: 5, stopShare: 0.4 })
      isBroken = (name) => name === 'a' || name === 'b'
      await step()
      await test.drain()
      await step()
      expect(await harness.find(operationId)).toMatchObject({ state: 'stopped' })
      const skipped = { f: 'skipped', g: 'skipped', h: 'skipped' }
      expect(await outcomes(operationId)).toEqual({
        ...{ a: 'failed-again', b: 'failed-again', c: 'succeeded', d: 'succeeded', e: 'succeeded' },
        ...skipped,
      })
    })

    it('R9: retrying twice does it once, whichever operation, or whoever else, came first', async () => {
      await die(Pack, 'a', 'b')
      const first = await start(EVERYTHING)
      const second = await start(EVERYTHING)
      const { deliveries, unitOfWork } = harness.storage
      const { deliveryId } = await find('b')
      await unitOfWork.run((tx) => deliveries.revive(tx, deliveryId))
      await test.drain()
      expect(await statesOf(['b'])).toEqual(['dead'])
      handled = []
      isBroken = () => false
      while (await step()) await test.drain()
      expect(handled).toEqual(['a'])
      expect([await outcomes(first.operationId), await outcomes(second.operationId)]).toEqual(
        expect.arrayContaining([
          { a: 'succeeded', b: 'skipped' },
          { a: 'skipped', b: 'skipped' },
        ]),
      )
    })

    it('R9: is paused, resumed and cancelled, and says what is left', async () => {
      await die(Pack, 'a', 'b', 'c')
      const { operationId } = await start(EVERYTHING, { perSecond: 1 })
      isBroken = () => false
      await step()
      expect(await steer('pause', operationId)).toBe('done')
      expect(await steer('pause', operationId)).toBe('wrong-state')
      await test.drain()
      await step()
      expect(await outcomes(operationId)).toEqual({ a: 'succeeded', b: 'waiting', c: 'waiting' })
      expect(await steer('resume', operationId)).toBe('done')
      await step()
      expect(await steer('abort', operationId)).toBe('done')
      await test.drain()
      await step()
      expect(await harness.find(operationId)).toMatchObject({ state: 'aborted' })
      expect(await outcomes(operationId)).toEqual({ a: 'succeeded', b: 'succeeded', c: 'skipped' })
      expect(await steer('resume', operationId)).toBe('wrong-state')
      expect(await steer('abort', newId())).toBe('unknown')
    })

    it('R9: any node goes on with it, and of three at once one takes the step', async () => {
      await die(Pack, 'a', 'b')
      const { operationId } = await start(EVERYTHING, { perSecond: 1 })
      await harness.hurry()
      const parts = { operations: harness.operations, registry, onEnded: async () => {} }
      const { unitOfWork } = harness.storage
      const take = () => unitOfWork.run((tx) => stepOperation(parts, tx))
      const stepped = await Promise.all([take(), take(), take()])
      expect(stepped.filter(Boolean)).toHaveLength(1)
      expect(await outcomes(operationId)).toEqual({ a: 'retried', b: 'waiting' })
    })

    it('R11: discards with its reason, and takes that back where nobody else has', async () => {
      await die(Pack, 'a', 'b', 'c')
      const { operationId } = await start(EVERYTHING, { kind: 'discard' })
      while (await step());
      expect(await statesOf(['a', 'b', 'c'])).toEqual(['discarded', 'discarded', 'discarded'])
      await harness.restore((await find('b')).deliveryId)
      const undone = await takeBack(operationId)
      expect(undone.total).toBe(2)
      while (await step());
      expect(await statesOf(['a', 'b', 'c'])).toEqual(['dead', 'dead', 'dead'])
      expect(await outcomes(undone.operationId)).toEqual({ a: 'restored', c: 'restored' })
    })

    it('R4, R11: what a rule, or somebody alone, has discarded since does not come back when that is taken back', async () => {
      await die(Pack, 'rule', 'alone', 'left', 'late')
      const { operationId } = await start(EVERYTHING, { kind: 'discard' })
      while (await step());
      const { deliveries, unitOfWork } = harness.storage
      isNeedless = () => true
      const [rule, alone, late] = await Promise.all(['rule', 'alone', 'late'].map(find))
      await harness.restore(rule!.deliveryId)
      await unitOfWork.run((tx) => deliveries.revive(tx, rule!.deliveryId))
      expect(await test.drain()).toEqual(['discarded'])
      await harness.restore(alone!.deliveryId)
      await harness.discard(alone!.deliveryId)
      const undone = await takeBack(operationId)
      expect(undone.total).toBe(2)
      // Between what is decided and what is done, too.
      await harness.restore(late!.deliveryId)
      await harness.discard(late!.deliveryId)
      while (await step());
      expect(await outcomes(undone.operationId)).toEqual({ left: 'restored', late: 'skipped' })
      expect(await statesOf(['rule', 'alone', 'left', 'late'])).toEqual(['discarded', 'discarded', 'dead', 'discarded'])
    })

    it('R10, R11: what was edited and retried since it was discarded does not come back when that is taken back', async () => {
      await die(Pack, 'a', 'b')
      const { operationId } = await start(EVERYTHING, { kind: 'discard' })
      while (await step());
      const { deliveryId } = await find('a')
      await harness.restore(deliveryId)
      isBroken = () => false
      expect(await test.edit(deliveryId, JSON.stringify({ name: 'instead of a' }))).toMatchObject({
        outcome: 'retried',
      })
      await test.drain()
      expect((await takeBack(operationId)).total).toBe(1)
      while (await step());
      expect(await statesOf(['a', 'b', 'instead of a'])).toEqual(['discarded', 'dead', 'succeeded'])
    })

    it('D16: whichever call of its steps a node dies at, another one does the rest, each once', {
      timeout: LONGEST_MS,
    }, async () => {
      /** All its steps, on a node that dies at the k-th call, and on another one from there. */
      const run = async (k: number) => {
        const [first, second] = [`first ${k}`, `second ${k}`]
        isBroken = () => true
        await die(Pack, first, second)
        const { operationId } = await start(EVERYTHING, { stages: [1] })
        handled = []
        isBroken = () => false
        const life = mortalStorage(harness.storage, k)
        const mortal = gatedPart(harness.operations, 'operations', life.gate)
        const work = async (node: TestBus, operations: OperationStore, storage: Storage) => {
          while (await step(operations, storage)) {
            for (let claimed = await node.claim(-1); claimed.length > 0; claimed = await node.claim(-1))
              for (const delivery of claimed) await node.handle(delivery)
          }
        }
        const node = createTestBus(life.storage, [shop])
        await Promise.race([work(node, mortal, life.storage), life.died])
        node.stop()
        await expect
          .poll(async () => {
            await test.reap()
            await test.drain()
            await step()
            return (await harness.find(operationId))!.state
          })
          .toBe('completed')
        const end = [await outcomes(operationId), await statesOf([first, second])]
        expect(end, `call ${k}: ${life.calls.at(-1)}`).toEqual([
          { [first]: 'succeeded', [second]: 'succeeded' },
          ['succeeded', 'succeeded'],
        ])
        return life.calls
      }
      const undisturbed = await run(Number.POSITIVE_INFINITY)
      expect(undisturbed.filter((each) => each === 'operations.take')).toHaveLength(2)
      for (let k = 1; k <= undisturbed.length; k += 1) expect((await run(k)).at(-1)).toBe(undisturbed[k - 1])
    })
  })
}
