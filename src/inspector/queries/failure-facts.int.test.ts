import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type BodyOf, defineEvent, type Module, newId, subscribe } from '../../bus/index.ts'
import { createTestDatabase, type TestDatabase } from '../../server/database/testing.ts'
import { startNode, type TestNode } from '../../server/testing/nodes.ts'
import { FailureMarked, MarkFailure } from '../failure-messages.ts'
import { markFailureHandler } from '../handlers/mark-failure.ts'
import { rollUpPage } from '../roll-up/roll-up.ts'
import { findDeadLetterGroup, findDeadLetterGroups } from './dead-letters.ts'

const Ordered = defineEvent('shop.ordered', { version: 1, subject: 'buyer', body: z.object({ buyer: z.uuid() }) })
const shop: Module = {
  name: 'shop',
  messages: [Ordered],
  subscriptions: [
    subscribe(Ordered, 'shop.pack', { retry: { maxAttempts: 1 }, outage: null }, async () => {
      throw new Error('the box is torn')
    }),
  ],
}

describe('kinds of failure', () => {
  let database: TestDatabase
  let node: TestNode
  const told: BodyOf<typeof FailureMarked>[] = []
  const actorId = newId()

  beforeAll(async () => {
    database = await createTestDatabase()
    const inspector: Module = {
      name: 'inspector',
      messages: [MarkFailure, FailureMarked],
      subscriptions: [
        markFailureHandler(),
        subscribe(FailureMarked, 'inspector.hear', {}, async (mark) => void told.push(mark)),
      ],
    }
    node = await startNode(database.url, () => [shop, inspector])
  })
  afterAll(async () => {
    await node.stop()
    await database.drop()
  })

  const die = async (key: string) => {
    const before = (await dead()).length
    await node.bus.publish(Ordered, { buyer: newId() }, { key })
    await expect.poll(async () => (await dead()).length, { timeout: 10_000 }).toBe(before + 1)
    while (await rollUpPage(node.storage.pool));
  }
  const dead = async () =>
    (await node.storage.pool.query<{ fingerprint: string }>(`SELECT fingerprint FROM deliveries WHERE state = 'dead'`))
      .rows
  const only = async () => {
    const request = { before: null, subscription: null, text: null, limit: 10 }
    const { sections } = await findDeadLetterGroups(node.storage.pool, request)
    const groups = sections[0]?.groups ?? []
    expect(groups).toHaveLength(1)
    return groups[0]!
  }
  const mark = async (rest: Partial<BodyOf<typeof MarkFailure>>) => {
    const { fingerprint } = await only()
    const body = { fingerprint, state: 'acknowledged', owner: null, note: null, ignoreMore: null, ...rest } as const
    return (await node.bus.execute(MarkFailure, { ...body, actorId })).reply.outcome
  }

  it('are counted hour by hour, with the release that had them first and whom they hit', async () => {
    const { pool } = node.storage
    await pool.query(
      `INSERT INTO nodes (id, host, pid, role, version, started_at, heartbeat_at)
       VALUES ($1, 'here', 1, 'all', '1.2.3', now(), now())`,
      [node.name],
    )
    await die('order-1')
    await die('order-2')
    const group = await only()
    expect(group).toMatchObject({ count: 2, everCount: 2, status: 'new', firstVersion: '1.2.3' })
    expect(group.messageName).toBe('shop.ordered')
    expect(group.trend).toHaveLength(24)
    expect(group.trend.reduce((sum, each) => sum + each, 0)).toBe(2)
    const detail = await findDeadLetterGroup(pool, { fingerprint: group.fingerprint, before: null, limit: 10 })
    expect(detail?.affected).toEqual({ keys: ['order-1', 'order-2'], people: 2, isMore: false })
  })

  it('are somebody’s, with a note, and it is told who said so', async () => {
    expect(await mark({ owner: 'Ada', note: 'new boxes come on Monday' })).toBe('done')
    const group = await only()
    expect(group.status).toBe('acknowledged')
    expect(group.mark).toMatchObject({ owner: 'Ada', note: 'new boxes come on Monday', actorId, countThen: 2 })
    await expect.poll(() => told).toMatchObject([{ state: 'acknowledged', actorId }])
  })

  it('regress when they kill again after they were resolved', async () => {
    await mark({ state: 'resolved' })
    expect((await only()).status).toBe('resolved')
    await die('order-3')
    expect((await only()).status).toBe('regressed')
  })

  it('are ignored until so many more have died', async () => {
    await mark({ state: 'ignored', ignoreMore: 2 })
    await die('order-4')
    expect((await only()).status).toBe('ignored')
    await die('order-5')
    expect((await only()).status).toBe('new')
  })

  it('hit at least so many where more have died than are read for it', async () => {
    const { pool } = node.storage
    const { fingerprint } = await only()
    await pool.query(
      `WITH sent AS (
         INSERT INTO messages (id, kind, name, version, body, conversation_id, subject_id, occurred_at)
         SELECT gen_random_uuid(), 'event', 'shop.ordered', 1, '{}', gen_random_uuid(), gen_random_uuid(), now()
         FROM generate_series(1, 1001) RETURNING id)
       INSERT INTO deliveries (id, message_id, subscription, position, state, attempt, max_attempts, due_at, settled_at, fingerprint)
       SELECT gen_random_uuid(), id, 'shop.pack', 0, 'dead', 1, 1, now(), now(), $1 FROM sent`,
      [fingerprint],
    )
    const detail = await findDeadLetterGroup(pool, { fingerprint, before: null, limit: 10 })
    expect(detail?.affected).toMatchObject({ people: 1_001, isMore: true })
  })

  it('cannot be marked where nothing has died of it', async () => {
    expect(await mark({ fingerprint: 'nothing-of-it' })).toBe('unknown')
  })
})
