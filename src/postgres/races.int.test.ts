/** Two connections at the same row, key or lease, at the same time. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineCommand, handle, handleOutside, type Module, type Tx, Unrecoverable } from '../bus/index.ts'
import { createTestBus, type TestBus } from '../bus/testing/index.ts'
import { createTestDatabase, type TestDatabase } from '../server/database/testing.ts'
import { createPostgresStorage, type PostgresStorage } from './index.ts'

const body = z.object({ name: z.string() })
const Note = defineCommand('race.note', { version: 1, body, reply: z.object({}) })
const Call = defineCommand('race.call', { version: 1, body, reply: z.object({}) })
const InOrder = defineCommand('race.in-order', { version: 1, body, reply: z.object({}) })

interface Node {
  storage: PostgresStorage
  bus: TestBus['bus']
  test: TestBus
}

describe('two nodes at once', () => {
  let database: TestDatabase
  let nodes: Node[]
  let one: Node
  let other: Node

  const race: Module = {
    name: 'race',
    messages: [Note, Call, InOrder],
    subscriptions: [
      handle(Note, { retry: { maxAttempts: 2 } }, async ({ name }, { tx }) => {
        await effect(tx, name)
        return {}
      }),
      handleOutside(Call, {}, async () => {
        throw new Unrecoverable('no line')
      }),
      handle(
        InOrder,
        { retry: { firstDelayMs: 0, jitter: 0 }, order: { whenDead: 'wait' } },
        async ({ name }, { tx, attempt }) => {
          await effect(tx, name)
          if (attempt === 1 && name.endsWith('3')) throw new Error('not yet')
          return {}
        },
      ),
    ],
  }

  beforeEach(async () => {
    database = await createTestDatabase()
    nodes = ['a', 'b', 'c', 'd'].map((node) => {
      const storage = createPostgresStorage({
        url: database.url,
        node,
        poolSize: 12,
        maxAttemptsOf: () => 2,
        onConnectionError: () => {},
      })
      const test = createTestBus(storage, [race])
      return { storage, test, bus: test.bus }
    })
    ;[one, other] = nodes as [Node, Node]
    await rows(
      'CREATE TABLE effects (id int GENERATED ALWAYS AS IDENTITY, label text NOT NULL, at timestamptz NOT NULL)',
    )
  })
  afterEach(async () => {
    for (const { test, storage } of nodes) {
      test.stop()
      await storage.stop()
    }
    await database.drop()
  })

  async function rows<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await one.storage.pool.query<Row>(text, values)).rows
  }
  const effect = (tx: Tx, label: string) =>
    tx.query('INSERT INTO effects (label, at) VALUES ($1, clock_timestamp())', [label])
  const effects = async () =>
    (await rows<{ label: string }>('SELECT label FROM effects ORDER BY id')).map((row) => row.label)
  const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`)
  /** Until some connection waits for a lock of another. */
  const untilSomebodyWaits = () =>
    expect
      .poll(() => rows(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`))
      .not.toEqual([])

  it('D6: of four claims at once each delivery is given to one', async () => {
    await Promise.all(names(300).map((name) => one.bus.send(Note, { name })))
    const claimed = await Promise.all(nodes.flatMap(({ test }) => [test.claim(60_000), test.claim(60_000)]))
    const ids = claimed.flat().map((each) => each.deliveryId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBe(300)
  })

  it('D15: a settlement and a take-over at once: one of them wins, and the effect is there if it was the first', async () => {
    await Promise.all(names(60).map((name) => one.bus.send(Note, { name })))
    const stalled = await one.test.claim(-1)
    const [ends] = await Promise.all([
      Promise.all(stalled.map(one.test.handle)),
      ...Array.from({ length: 8 }, () => other.storage.deliveries.reap()),
    ])
    const kept = stalled.filter((_, index) => ends[index]!.end === 'succeeded')
    const lost = stalled.filter((_, index) => ends[index]!.end === 'lease-lost')
    expect(kept.length + lost.length).toBe(60)
    expect((await effects()).sort()).toEqual(kept.map((each) => (each.envelope.body as { name: string }).name).sort())
    await other.storage.deliveries.reap()
    expect(await other.test.drain()).toEqual(lost.map(() => 'succeeded'))
    expect((await effects()).sort()).toEqual(names(60).sort())
  })

  it('D15: whoever settles holds the delivery: a take-over passes over it and does not wait', async () => {
    await one.bus.send(Note, { name: 'a' })
    const [slow] = await one.test.claim(-1)
    await one.storage.unitOfWork.run(async (tx) => {
      expect(await one.storage.deliveries.settle(tx, slow!, { outcome: 'succeeded', reply: {} }, 0)).toBe(true)
      expect(await other.storage.deliveries.reap()).toBe(0)
      expect(await other.test.claim(60_000)).toEqual([])
    })
    expect(await rows('SELECT state FROM deliveries')).toEqual([{ state: 'succeeded' }])
  })

  it('D12: a key that an open transaction has taken is waited for, and its answer is that of the first', async () => {
    let second: Promise<{ isNew: boolean; messageId: string }> | undefined
    const first = await one.storage.unitOfWork.run(async (tx) => {
      const added = await one.bus.send(Note, { name: 'a' }, { tx, idempotencyKey: 'k' })
      second = other.bus.send(Note, { name: 'b' }, { idempotencyKey: 'k' })
      await untilSomebodyWaits()
      return added
    })
    expect(await second).toEqual({ ...first, isNew: false })
    expect(await rows('SELECT body FROM messages')).toEqual([{ body: { name: 'a' } }])
  })

  it('D12: a key whose transaction is rolled back is free for whoever waits', async () => {
    let second: Promise<{ isNew: boolean }> | undefined
    const rolledBack = one.storage.unitOfWork.run(async (tx) => {
      await one.bus.send(Note, { name: 'a' }, { tx, idempotencyKey: 'k' })
      second = other.bus.send(Note, { name: 'b' }, { idempotencyKey: 'k' })
      await untilSomebodyWaits()
      throw new Error('changed my mind')
    })
    await expect(rolledBack).rejects.toThrow('changed my mind')
    expect((await second)!.isNew).toBe(true)
    expect(await rows('SELECT body FROM messages')).toEqual([{ body: { name: 'b' } }])
  })

  it('D5: one message id, added by four nodes at once, is one message', async () => {
    const messageId = crypto.randomUUID()
    const added = await Promise.all(nodes.map(({ bus }) => bus.send(Note, { name: 'a' }, { messageId })))
    expect(added.filter((each) => each.isNew)).toHaveLength(1)
    expect(await one.test.drain()).toEqual(['succeeded'])
  })

  it('R9, R11: a retry and a discard at once: one is done, the other is told that it is too late', async () => {
    await Promise.all(names(40).map((name) => one.bus.send(Call, { name })))
    expect(new Set(await one.test.drain())).toEqual(new Set(['dead']))
    const dead = await rows<{ id: string }>('SELECT id FROM deliveries')
    const outcomes = await Promise.all(
      dead.map(({ id }) =>
        Promise.all([
          one.storage.unitOfWork.run((tx) => one.storage.deliveries.revive(tx, id)),
          other.storage.unitOfWork.run((tx) => other.storage.deliveries.discard(tx, id, 'not needed')),
        ]),
      ),
    )
    expect(outcomes.map((each) => each.toSorted())).toEqual(dead.map(() => ['done', 'wrong-state']))
    const states = await rows<{ id: string; state: string }>('SELECT id, state FROM deliveries')
    const stateOf = new Map(states.map(({ id, state }) => [id, state]))
    expect(dead.map(({ id }) => stateOf.get(id))).toEqual(
      outcomes.map(([revived]) => (revived === 'done' ? 'retrying' : 'discarded')),
    )
  })

  it('R9: of four retries of one delivery at once one is done', async () => {
    await one.bus.send(Call, { name: 'a' })
    await one.test.drain()
    const [dead] = await rows<{ id: string }>('SELECT id FROM deliveries')
    const outcomes = await Promise.all(
      nodes.map(({ storage }) => storage.unitOfWork.run((tx) => storage.deliveries.revive(tx, dead!.id))),
    )
    expect(outcomes.sort()).toEqual(['done', 'wrong-state', 'wrong-state', 'wrong-state'])
  })

  it('O1: four claimers keep the order of each key, through retries', async () => {
    const keys = ['x', 'y', 'z']
    for (const number of [1, 2, 3, 4, 5, 6]) {
      for (const key of keys) await one.bus.send(InOrder, { name: `${key}${number}` }, { key })
    }
    const ends = (await Promise.all(nodes.map(({ test }) => drainUntilQuiet(test)))).flat()
    expect(ends.filter((end) => end === 'succeeded')).toHaveLength(18)
    const seen = await effects()
    for (const key of keys) {
      expect(seen.filter((name) => name.startsWith(key))).toEqual([1, 2, 3, 4, 5, 6].map((number) => `${key}${number}`))
    }
  })

  /** What waits for its turn is nobody's for a moment: only an empty table is quiet. */
  async function drainUntilQuiet(test: TestBus) {
    const ends = []
    for (;;) {
      ends.push(...(await test.drain()))
      const open = await rows(`SELECT FROM deliveries WHERE state IN ('pending', 'running', 'retrying')`)
      if (open.length === 0) return ends
    }
  }

  it('O1: one of a key at a time, also when what was sent earlier is committed later', async () => {
    const late = Promise.withResolvers<void>()
    const sent = Promise.withResolvers<void>()
    const slow = one.storage.unitOfWork.run(async (tx) => {
      await one.bus.send(InOrder, { name: 'a1' }, { tx, key: 'a' })
      sent.resolve()
      await late.promise
    })
    await sent.promise
    await other.bus.send(InOrder, { name: 'a2' }, { key: 'a' })
    const claimed = await other.test.claim(60_000)
    expect(claimed).toHaveLength(1)
    late.resolve()
    await slow
    expect(await one.test.claim(60_000)).toEqual([])
    await other.test.handle(claimed[0]!)
    await one.test.drain()
    expect(await effects()).toEqual(['a2', 'a1'])
  })
  it('O1: two claims that cannot see each other do not take two of a key, and leave no other', async () => {
    for (const name of ['a1', 'a2', 'b1']) await one.bus.send(InOrder, { name }, { key: name[0]! })
    const unseen = await one.storage.pool.connect()
    await unseen.query('BEGIN')
    await unseen.query(
      `UPDATE deliveries SET state = 'running', lease_token = gen_random_uuid(), lease_until = now()
       WHERE order_number = (SELECT max(order_number) FROM deliveries WHERE ordering_key = 'a')`,
    )
    const claimed = other.test.claim(60_000)
    await untilSomebodyWaits()
    await unseen.query('COMMIT')
    unseen.release()
    expect((await claimed).map(({ envelope }) => envelope.body)).toEqual([{ name: 'b1' }])
  })
})
