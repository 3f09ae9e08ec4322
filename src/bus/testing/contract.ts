/**
 * What every storage adapter promises, as scenarios. The letters are those of the promises in README.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { newId } from '../envelope.ts'
import type { BusError, RecordedError } from '../errors.ts'
import { Unrecoverable } from '../errors.ts'
import { handle, handleOutside, type Subscription, subscribe, type TransactionalContext } from '../handlers.ts'
import { defineCommand, defineEvent, secret } from '../message.ts'
import type { Storage, Tx } from '../ports.ts'
import type { Module } from '../registry.ts'
import { findBroken } from './invariants.ts'
import { createTestBus, type TestBus } from './test-bus.ts'

export interface SeenDelivery {
  deliveryId: string
  messageId: string
  subscription: string
  state: string
  attempt: number
  reason: string | null
  parkedReason: string | null
}

/** What the suite needs from an adapter besides the ports: a way to leave effects and to look. */
export interface Harness {
  storage: Storage
  effect(tx: Tx, label: string): Promise<void>
  effects(): Promise<string[]>
  deliveries(): Promise<SeenDelivery[]>
  attempts(deliveryId: string): Promise<{ number: number; outcome: string; error: RecordedError | null }[]>
  messages(): Promise<
    { messageId: string; name: string; body: unknown; conversationId: string; causationId: string | null }[]
  >
  stop(): Promise<void>
}

/** What is needed besides where commits fail. */
export interface LosingHarness extends Harness {
  /** Lets everything in a transaction pass but its commit, which loses against another transaction. */
  loseCommit(tx: Tx): Promise<void>
}

const Open = defineCommand('shop.open', {
  version: 1,
  body: z.object({ name: z.string(), key: secret(z.string()).optional() }),
  reply: z.object({ outcome: z.enum(['opened', 'taken']) }),
})
const Notify = defineCommand('shop.notify', { version: 1, body: z.object({ name: z.string() }), reply: z.object({}) })
const InOrder = defineCommand('shop.in-order', {
  version: 1,
  body: z.object({ name: z.string() }),
  reply: z.object({}),
})
const Echo = defineCommand('shop.echo', {
  version: 1,
  body: z.object({ name: z.string() }),
  reply: z.object({ name: z.string() }),
})
const Opened = defineEvent('shop.opened', { version: 1, body: z.object({ name: z.string() }) })
const Unheard = defineEvent('shop.unheard', { version: 1, body: z.object({}) })

/** One that keeps no order, and one that does. */
const ASKED = [
  { name: 'shop.open', order: null },
  { name: 'shop.in-order', order: { whenDead: 'wait' } },
] as const

type Scripts = Partial<
  Record<'open' | 'notify' | 'inOrder' | 'left' | 'right', (context: TransactionalContext) => Promise<unknown>>
>

/** Runs the suite on one adapter. */
export function describeBusContract(name: string, createHarness: () => Promise<LosingHarness>): void {
  describe(`the bus on ${name}`, () => {
    let harness: LosingHarness
    let test: TestBus
    let scripts: Scripts

    const retry = { maxAttempts: 3, firstDelayMs: 0, jitter: 0 }
    const shop = (): Module => ({
      name: 'shop',
      messages: [Open, Notify, InOrder, Echo, Opened, Unheard],
      subscriptions: [
        handle(Open, { retry, timeoutMs: 2_000 }, async ({ name }, context) => {
          await harness.effect(context.tx, `open ${name}`)
          context.publish(Opened, { name })
          return ((await scripts.open?.(context)) ?? { outcome: 'opened' }) as { outcome: 'opened' }
        }),
        handleOutside(Notify, { retry }, async (_, context) => {
          await scripts.notify?.(context as TransactionalContext)
          return {}
        }),
        handleOutside(Echo, { retry }, async ({ name }) => ({ name: `${name}\u0000` })),
        handle(InOrder, { retry, order: { whenDead: 'wait' } }, async (_, context) => {
          await scripts.inOrder?.(context)
          return {}
        }),
        subscribe(Opened, 'shop.left', { retry }, async ({ name }, context) => {
          await harness.effect(context.tx, `left ${name}`)
          context.send(Notify, { name })
          await scripts.left?.(context)
        }),
        subscribe(
          Opened,
          'shop.right',
          { retry, skip: ({ name }) => (name === 'quiet' ? 'quiet shops are skipped' : null) },
          async ({ name }, context) => {
            await harness.effect(context.tx, `right ${name}`)
            await scripts.right?.(context)
          },
        ),
      ],
    })
    const find = async (subscription: string) =>
      (await harness.deliveries()).find((each) => each.subscription === subscription)!

    beforeEach(async () => {
      scripts = {}
      harness = await createHarness()
      test = createTestBus(harness.storage, [shop()])
    })
    afterEach(async () => {
      expect(await findBroken(harness, shop())).toEqual([])
      test.stop()
      await harness.stop()
    })

    it('C1, C2: an event is not sent and a command not published, and nothing is stored', async () => {
      await expect(test.bus.publish(Open as never, { name: 'a' } as never)).rejects.toMatchObject({
        code: 'wrong-kind',
      })
      await expect(test.bus.send(Opened as never, { name: 'a' } as never)).rejects.toMatchObject({ code: 'wrong-kind' })
      expect(await harness.messages()).toEqual([])
    })

    it('C3, C4, C5: what has too few receivers or too many does not start, and says which', async () => {
      const startWith = (...subscriptions: Subscription[]) =>
        createTestBus(harness.storage, [{ name: 'shop', messages: [Notify], subscriptions }])
      const first = handle(Notify, {}, async function first() {
        return {}
      })
      const second = handleOutside(Notify, {}, async function second() {
        return {}
      })
      expect(() => subscribe(Notify as never, 'shop.listen', {}, async () => {})).toThrow(/shop\.notify .*command/)
      expect(() => startWith(first, second)).toThrow(/shop\.notify has two handlers, first and second/)
      expect(() => startWith()).toThrow(/Command shop\.notify has no handler/)
    })

    it('C5: a command of which the running build knows nothing is refused at once, by its name', async () => {
      const without = createTestBus(harness.storage, [{ name: 'shop', messages: [Unheard], subscriptions: [] }])
      await expect(without.bus.send(Notify, { name: 'a' })).rejects.toThrow(/shop\.notify v1 is declared by no module/)
      without.stop()
      expect(await harness.messages()).toEqual([])
    })

    it('C6: an event without subscribers is stored', async () => {
      await test.bus.publish(Unheard, {})
      expect(await harness.messages()).toHaveLength(1)
      expect(await harness.deliveries()).toEqual([])
    })

    it('C7: every message carries its conversation and its cause', async () => {
      const { conversationId } = await test.bus.send(Open, { name: 'a' })
      await test.drain()
      const messages = await harness.messages()
      const byName = new Map(messages.map((each) => [each.name, each]))
      expect(messages.map((each) => each.conversationId)).toEqual(messages.map(() => conversationId))
      expect(byName.get('shop.notify')!.causationId).toBe(byName.get('shop.opened')!.messageId)
      expect(byName.get('shop.opened')!.causationId).toBe(byName.get('shop.open')!.messageId)
    })

    it('C9: a body that breaks its schema is refused with the path and the expectation', async () => {
      const refused: Promise<unknown> = test.bus.send(Open, { name: 7 } as never)
      await expect(refused).rejects.toThrow(/shop\.open v1: name: .*expected string/i)
      expect(await harness.messages()).toEqual([])
    })

    it('C9: what could not be read back as it was sent is refused at the sender: halves of characters, endless keys, no time', async () => {
      const refused = (code: string, text: RegExp) => ({ code, message: expect.stringMatching(text) })
      const send = (name: string, options = {}) => expect(test.bus.send(Open, { name }, options)).rejects
      await send('a\u0000').toMatchObject(refused('invalid-body', /shop\.open v1: name: .*NUL/))
      await send('\ud83d').toMatchObject(refused('invalid-body', /shop\.open v1: name: .*half/))
      for (const [options, text] of [
        [{ key: 'k'.repeat(5_000) }, /`key` has 5000 bytes/],
        [{ key: '\u0000' }, /`key` holds/],
        [{ idempotencyKey: '\ud83d' }, /`idempotencyKey` holds/],
        [{ at: new Date(Number.NaN) }, /`at` is no time/],
        [{ at: new Date(8.64e15) }, /`at` is no time/],
        [{ ttlMs: Number.POSITIVE_INFINITY }, /`ttlMs` is Infinity/],
        [{ idempotencyKey: 'k', idempotencyWindowMs: Number.NaN }, /`idempotencyWindowMs` is NaN/],
      ] as const) {
        await send('a', options).toMatchObject(refused('invalid-options', text))
      }
      expect(await harness.messages()).toEqual([])
      const body = { name: String.raw`\u0000 __proto__ 😀` }
      const { messageId } = await test.bus.send(Open, body, { key: 'ß'.repeat(500), at: new Date(0) })
      await expect(test.bus.reschedule(messageId, new Date(Number.NaN))).rejects.toMatchObject({
        code: 'invalid-options',
      })
      expect(await test.drain()).not.toEqual([])
      expect((await harness.messages())[0]!.body).toEqual(body)
    })

    it('R3, R6: a reply and an error that could not be kept as they are end their delivery as others do', async () => {
      const errors = [`${'x'.repeat(7_999)}😀`, 'half \ud83d of one', 'NUL \u0000']
      scripts.notify = async ({ attempt }) => {
        throw new Error(errors[attempt - 1])
      }
      await test.bus.send(Notify, { name: 'a' })
      expect(await test.drain()).toEqual(['retrying', 'retrying', 'dead'])
      expect(await harness.attempts((await find('shop.notify')).deliveryId)).toHaveLength(3)
      const { messageId } = await test.bus.send(Echo, { name: 'a' })
      expect(await test.drain()).toEqual(['dead'])
      const echo = (await harness.deliveries()).find((each) => each.messageId === messageId)!
      expect(await harness.attempts(echo.deliveryId)).toMatchObject([{ error: { code: 'invalid-reply' } }])
    })

    it('keeps secret fields sealed at rest and opens them for the handler', async () => {
      let seen: unknown
      scripts.open = async ({ envelope }) => {
        seen = envelope.body
        return undefined
      }
      await test.bus.send(Open, { name: 'a', key: 'open sesame' })
      await test.drain()
      expect(JSON.stringify(await harness.messages())).not.toContain('open sesame')
      expect(JSON.stringify(seen)).toContain('sealed:v1:')
    })

    it('records the skipped subscriptions and why', async () => {
      await test.bus.publish(Opened, { name: 'quiet' })
      await test.drain()
      expect(await find('shop.right')).toMatchObject({ state: 'skipped', reason: 'quiet shops are skipped' })
      expect(await harness.effects()).toEqual(['left quiet'])
    })

    it('D1, D9: a handler that throws after publishing and writing leaves nothing but its attempt', async () => {
      let attempts = 0
      scripts.open = async () => {
        attempts += 1
        if (attempts < 2) throw new Error('not yet')
        return undefined
      }
      await test.bus.send(Open, { name: 'a' })
      await test.drain()
      expect((await harness.effects()).filter((each) => each === 'open a')).toHaveLength(1)
      expect((await harness.messages()).filter((each) => each.name === 'shop.opened')).toHaveLength(1)
    })

    it('D1, D9, Q6: of an attempt whose commit is refused nothing remains but its error, and the next one counts once', async () => {
      scripts.open = async ({ tx, attempt }) => {
        if (attempt === 1) await harness.loseCommit(tx)
        return { outcome: attempt === 1 ? 'taken' : 'opened' }
      }
      const asked = test.bus.execute(Open, { name: 'a' })
      const claimed: Awaited<ReturnType<TestBus['claim']>> = []
      await expect.poll(async () => claimed.push(...(await test.claim(60_000)))).toBe(1)
      expect(await test.handle(claimed[0]!)).toMatchObject({ end: 'retrying', error: { code: '40001' } })
      expect(await harness.effects()).toEqual([])
      expect((await harness.messages()).map((each) => each.name)).toEqual(['shop.open'])
      await test.drain()
      expect((await asked).reply).toEqual({ outcome: 'opened' })
      expect((await harness.effects()).toSorted()).toEqual(['left a', 'open a', 'right a'])
      expect((await harness.messages()).filter((each) => each.name === 'shop.opened')).toHaveLength(1)
      const { deliveryId, state, attempt } = await find('shop.open')
      expect({ state, attempt }).toEqual({ state: 'succeeded', attempt: 2 })
      const attempts = await harness.attempts(deliveryId)
      expect(attempts[0]).toMatchObject({ number: 1, outcome: 'failed', error: { code: '40001' } })
    })

    it('D2: nobody runs while the transaction is open', async () => {
      await harness.storage.unitOfWork.run(async (tx) => {
        await test.bus.publish(Opened, { name: 'a' }, { tx })
        expect(await test.drain()).toEqual([])
      })
      expect(await test.drain()).toHaveLength(3)
    })

    it('D2: a transaction that is rolled back leaves no message', async () => {
      const rolledBack = harness.storage.unitOfWork.run(async (tx) => {
        await test.bus.publish(Opened, { name: 'a' }, { tx })
        throw new Error('changed my mind')
      })
      await expect(rolledBack).rejects.toThrow('changed my mind')
      expect(await harness.messages()).toEqual([])
    })

    it('D5: the same message id again is not handled again', async () => {
      const { messageId } = await test.bus.send(Open, { name: 'a' })
      await test.drain()
      expect(await test.bus.send(Open, { name: 'a' }, { messageId })).toMatchObject({ messageId, isNew: false })
      expect(await test.drain()).toEqual([])
    })

    it('D5, D12: the same message id again under a new key is answered as it was the first time', async () => {
      const first = await test.bus.send(Open, { name: 'a' })
      const again = { messageId: first.messageId, idempotencyKey: 'new', conversationId: newId() }
      expect(await test.bus.send(Open, { name: 'a' }, again)).toEqual({ ...first, isNew: false })
      expect(await harness.messages()).toHaveLength(1)
    })

    it('D7, D8: each subscriber runs on its own, and a failing one keeps nobody', async () => {
      scripts.left = async () => {
        throw new Error('broken')
      }
      await test.bus.publish(Opened, { name: 'a' })
      await test.drain()
      expect(await find('shop.left')).toMatchObject({ state: 'dead', attempt: 3 })
      expect(await find('shop.right')).toMatchObject({ state: 'succeeded', attempt: 1 })
      expect(await harness.effects()).toEqual(['right a'])
    })

    it('D12: a hundred sends with one idempotency key are one message and one answer', async () => {
      const sent = await Promise.all(
        Array.from({ length: 100 }, () => test.bus.send(Open, { name: 'a' }, { idempotencyKey: 'k' })),
      )
      expect(new Set(sent.map((each) => each.messageId)).size).toBe(1)
      expect(sent.filter((each) => each.isNew)).toHaveLength(1)
      await test.drain()
      expect((await harness.effects()).filter((each) => each === 'open a')).toHaveLength(1)
      const again = test.bus.execute(Open, { name: 'a' }, { idempotencyKey: 'k' })
      expect((await again).reply).toEqual({ outcome: 'opened' })
    })

    it('D12: an idempotency key holds for its window, then the same key is a new message', async () => {
      const options = { idempotencyKey: 'k', idempotencyWindowMs: 0 }
      const first = await test.bus.send(Open, { name: 'a' }, options)
      const second = await test.bus.send(Open, { name: 'a' }, { ...options, idempotencyWindowMs: 60_000 })
      const third = await test.bus.send(Open, { name: 'a' }, { ...options, idempotencyWindowMs: 60_000 })
      expect([first.isNew, second.isNew, third.isNew]).toEqual([true, true, false])
      expect(third.messageId).toBe(second.messageId)
    })

    it('D8: of many attempts that settle together each keeps its own outcome, and only winners send', async () => {
      scripts.notify = async ({ envelope, publish }) => {
        publish(Opened, { name: 'quiet' })
        if (envelope.messageId === bad.messageId) throw new Unrecoverable('no line')
      }
      const sent = await Promise.all(['a', 'b', 'c'].map((name) => test.bus.send(Notify, { name })))
      const bad = sent[1]!
      const claimed = await test.claim(60_000)
      const ends = await Promise.all(claimed.map(test.handle))
      expect(ends.map((each) => each.end).sort()).toEqual(['dead', 'succeeded', 'succeeded'])
      const opened = (await harness.messages()).filter((each) => each.name === 'shop.opened')
      expect(new Set(opened.map((each) => each.causationId))).toEqual(new Set([sent[0]!.messageId, sent[2]!.messageId]))
      expect(opened).toHaveLength(2)
    })

    it('D15: an effectful handler that lost its lease sends nothing', async () => {
      scripts.notify = async ({ publish }) => publish(Opened, { name: 'quiet' })
      await test.bus.send(Notify, { name: 'a' })
      const [stalled] = await test.claim(-1)
      await harness.storage.deliveries.reap()
      expect((await test.handle(stalled!)).end).toBe('lease-lost')
      expect((await harness.messages()).map((each) => each.name)).toEqual(['shop.notify'])
    })

    it('O1: messages of one key are handled in order, one at a time, also through retries', async () => {
      const handled: string[] = []
      scripts.inOrder = async ({ envelope, attempt }) => {
        const { name } = envelope.body as { name: string }
        handled.push(name)
        if (name === 'a1' && attempt === 1) throw new Error('not yet')
      }
      for (const name of ['a1', 'a2', 'a3']) await test.bus.send(InOrder, { name }, { key: 'a' })
      await test.bus.send(InOrder, { name: 'b1' }, { key: 'b' })
      await test.bus.send(InOrder, { name: 'free' })
      const first = await test.claim(60_000)
      const names = first.map((each) => (each.envelope.body as { name: string }).name)
      expect(names.sort()).toEqual(['a1', 'b1', 'free'])
      expect(await test.claim(60_000)).toEqual([])
      await Promise.all(first.map(test.handle))
      await test.drain()
      expect(handled.filter((name) => name.startsWith('a'))).toEqual(['a1', 'a1', 'a2', 'a3'])
    })

    it('O2: while one of a key is dead the rest waits, and goes on in order once it is decided', async () => {
      const handled: string[] = []
      let isBroken = true
      scripts.inOrder = async ({ envelope }) => {
        if (isBroken) throw new Unrecoverable('no')
        handled.push((envelope.body as { name: string }).name)
      }
      for (const name of ['1', '2']) await test.bus.send(InOrder, { name }, { key: 'a' })
      expect(await test.drain()).toEqual(['dead'])
      isBroken = false
      expect(await test.drain()).toEqual([])
      const { deliveryId } = await find('shop.in-order')
      await harness.storage.unitOfWork.run((tx) => harness.storage.deliveries.revive(tx, deliveryId))
      await test.drain()
      expect(handled).toEqual(['1', '2'])
    })

    it('O2: what is revived waits for the one of its key that runs', async () => {
      scripts.inOrder = async ({ envelope, attempt }) => {
        if (envelope.messageId === first.messageId && attempt === 1) throw new Unrecoverable('no')
      }
      const { deliveries, unitOfWork } = harness.storage
      const first = await test.bus.send(InOrder, { name: '1' }, { key: 'a' })
      await test.drain()
      const { deliveryId } = await find('shop.in-order')
      await unitOfWork.run((tx) => deliveries.discard(tx, deliveryId, 'later'))
      await test.bus.send(InOrder, { name: '2' }, { key: 'a' })
      const [second] = await test.claim(60_000)
      await unitOfWork.run((tx) => deliveries.restore(tx, deliveryId))
      await unitOfWork.run((tx) => deliveries.revive(tx, deliveryId))
      expect(await test.claim(60_000)).toEqual([])
      expect((await test.handle(second!)).end).toBe('succeeded')
      expect(await test.drain()).toEqual(['succeeded'])
    })

    it('T6: what is stale before it was handled is not handled, and says so', async () => {
      await test.bus.send(Open, { name: 'a' }, { ttlMs: 0 })
      expect(await test.drain()).toEqual(['expired'])
      expect(await find('shop.open')).toMatchObject({ state: 'skipped', reason: expect.stringContaining('Expired') })
      expect(await harness.effects()).toEqual([])
    })

    it('D14: what was fetched and not begun is given back to whoever has room, with its attempt, and once', async () => {
      let attempts = 0
      scripts.open = async () => {
        attempts += 1
        if (attempts === 1) throw new Error('not yet')
        return undefined
      }
      const { deliveries } = harness.storage
      await test.bus.send(Open, { name: 'a' })
      const [fetched] = await test.claim(60_000)
      await deliveries.giveBack([fetched!])
      expect(await find('shop.open')).toMatchObject({ state: 'pending', attempt: 0 })
      const [again] = await test.claim(60_000)
      expect(again!.attempt).toBe(1)
      // It is another's by now.
      await deliveries.giveBack([fetched!])
      expect((await test.handle(again!)).end).toBe('retrying')
      const [retried] = await test.claim(60_000)
      await deliveries.giveBack([retried!])
      expect(await find('shop.open')).toMatchObject({ state: 'retrying', attempt: 1 })
      await test.drain()
      expect(await find('shop.open')).toMatchObject({ state: 'succeeded', attempt: 2 })
      expect((await harness.effects()).filter((each) => each === 'open a')).toHaveLength(1)
    })

    it('D14, D15: a node that lost its lease cannot settle, and its work is rolled back', async () => {
      await test.bus.send(Open, { name: 'a' })
      const [stalled] = await test.claim(-1)
      await harness.storage.deliveries.renew([stalled!], -1)
      expect(await harness.storage.deliveries.reap()).toBe(1)
      expect((await test.handle(stalled!)).end).toBe('lease-lost')
      expect(await harness.effects()).toEqual([])
      await test.drain()
      expect(await find('shop.open')).toMatchObject({ state: 'succeeded', attempt: 2 })
      expect((await harness.effects()).filter((each) => each === 'open a')).toHaveLength(1)
      const { deliveryId } = await find('shop.open')
      expect((await harness.attempts(deliveryId)).map((each) => each.outcome)).toEqual(['lease-lost', 'succeeded'])
    })

    it('D15: a lease that was taken over cannot be renewed', async () => {
      await test.bus.send(Open, { name: 'a' })
      const [stalled] = await test.claim(-1)
      await harness.storage.deliveries.reap()
      expect(await harness.storage.deliveries.renew([stalled!], 1_000)).toEqual([stalled!.leaseToken])
    })

    it('Q1, Q2: a typed reply reaches the caller, and a refusal is a reply like any other', async () => {
      scripts.open = async () => ({ outcome: 'taken' })
      const reply = test.bus.execute(Open, { name: 'a' })
      await expect.poll(test.drain).not.toEqual([])
      expect((await reply).reply).toEqual({ outcome: 'taken' })
      expect(await find('shop.open')).toMatchObject({ state: 'succeeded', attempt: 1 })
    })

    it("Q3: a handler's fault reaches the caller as an error", async () => {
      scripts.open = async () => {
        throw new Unrecoverable('no such street')
      }
      const reply = test.bus.execute(Open, { name: 'a' })
      const failed = expect(reply).rejects.toMatchObject({ code: 'handler-fault' } satisfies Partial<BusError>)
      await expect.poll(test.drain).not.toEqual([])
      await failed
    })

    it('Q3: who waits is told when the command is stale or taken back before it is handled, and does not wait on', async () => {
      const refusal = (reason: RegExp) => ({ code: 'handler-fault', message: expect.stringMatching(reason) })
      const patient = { timeoutMs: 60_000 }
      const stale = expect(test.bus.execute(Open, { name: 'a' }, { ...patient, ttlMs: 0 })).rejects
      const isToldSo = stale.toMatchObject(refusal(/shop\.open failed: .*expired/i))
      await expect.poll(test.drain).toEqual(['expired'])
      await isToldSo
      const cancelled = expect(test.bus.execute(Open, { name: 'b' }, patient)).rejects
      const isToldWhy = cancelled.toMatchObject(refusal(/shop\.open failed: .*not wanted/))
      const sent = async () => (await harness.messages()).find(({ body }) => (body as { name: string }).name === 'b')
      await expect.poll(sent).toBeDefined()
      expect(await test.bus.cancel((await sent())!.messageId, 'not wanted')).toBe('done')
      await isToldWhy
    })

    it('gives a caller whose reply is late the ids of what was accepted', async () => {
      const late = test.bus.execute(Open, { name: 'a' }, { timeoutMs: 10 })
      await expect(late).rejects.toMatchObject({ code: 'reply-timeout', details: { messageId: expect.any(String) } })
      expect(await test.drain()).not.toEqual([])
    })

    it('R1, R6: retries as often as its policy says, then is dead with every attempt kept', async () => {
      scripts.notify = async () => {
        throw new Error('no line')
      }
      await test.bus.send(Notify, { name: 'a' })
      expect(await test.drain()).toEqual(['retrying', 'retrying', 'dead'])
      const attempts = await harness.attempts((await find('shop.notify')).deliveryId)
      expect(attempts.map((each) => [each.number, each.error?.message])).toEqual([1, 2, 3].map((n) => [n, 'no line']))
    })

    it('R3: what cannot succeed is dead at once', async () => {
      scripts.notify = async () => {
        throw new Unrecoverable('no such number')
      }
      await test.bus.send(Notify, { name: 'a' })
      expect(await test.drain()).toEqual(['dead'])
    })

    it('R8: a handler past its time limit fails its attempt and is told to stop', async () => {
      let wasTold = false
      scripts.open = ({ signal, attempt }) =>
        new Promise((resolve) => {
          if (attempt > 1) return resolve(undefined)
          signal.addEventListener('abort', () => {
            wasTold = true
            resolve(undefined)
          })
        })
      await test.bus.send(Open, { name: 'a' })
      await test.drain()
      expect(wasTold).toBe(true)
      expect(await find('shop.open')).toMatchObject({ state: 'succeeded', attempt: 2 })
      expect((await harness.effects()).filter((each) => each === 'open a')).toHaveLength(1)
    })

    it('R9, R11: an operator revives what is dead once, discards it, and takes that back', async () => {
      let isBroken = true
      scripts.notify = async () => {
        if (isBroken) throw new Unrecoverable('no line')
      }
      await test.bus.send(Notify, { name: 'a' })
      await test.drain()
      const { deliveryId } = await find('shop.notify')
      const { deliveries, unitOfWork } = harness.storage
      expect(await unitOfWork.run((tx) => deliveries.discard(tx, deliveryId, 'not needed'))).toBe('done')
      expect(await find('shop.notify')).toMatchObject({ state: 'discarded', reason: 'not needed' })
      expect(await unitOfWork.run((tx) => deliveries.revive(tx, deliveryId))).toBe('wrong-state')
      expect(await unitOfWork.run((tx) => deliveries.restore(tx, deliveryId))).toBe('done')
      isBroken = false
      expect(await unitOfWork.run((tx) => deliveries.revive(tx, deliveryId))).toBe('done')
      expect(await unitOfWork.run((tx) => deliveries.revive(tx, deliveryId))).toBe('wrong-state')
      expect(await test.drain()).toEqual(['succeeded'])
      expect(await unitOfWork.run((tx) => deliveries.revive(tx, crypto.randomUUID()))).toBe('unknown')
    })

    it('R8, Q1: a limit that is longer than any timer is none', async () => {
      const forever = Number.POSITIVE_INFINITY
      const patient = handle(Notify, { timeoutMs: forever }, async () => ({}))
      const bus = createTestBus(harness.storage, [{ name: 'shop', messages: [Notify], subscriptions: [patient] }])
      const reply = bus.bus.execute(Notify, { name: 'a' }, { timeoutMs: forever })
      await expect.poll(bus.drain).toEqual(['succeeded'])
      await reply
      bus.stop()
    })

    it('T1: a message with a later time is not early', async () => {
      expect(await harness.storage.deliveries.nextDueInMs(ASKED, 0)).toBeNull()
      await test.claim(60_000)
      expect(await harness.storage.deliveries.nextDueInMs(ASKED, 60_000)).toBeNull()
      await test.bus.send(Open, { name: 'a' }, { at: new Date(Date.now() + 60_000) })
      expect(await test.drain()).toEqual([])
      expect(await harness.storage.deliveries.nextDueInMs(ASKED, 0)).toBeGreaterThan(50_000)
    })
  })
}
