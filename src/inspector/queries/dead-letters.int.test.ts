import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import {
  createCatalog,
  createRegistry,
  createSealer,
  defineEvent,
  type Module,
  newId,
  personal,
  subscribe,
} from '../../bus/index.ts'
import { createTestDatabase, type TestDatabase } from '../../server/database/testing.ts'
import { startNode, type TestNode } from '../../server/testing/nodes.ts'
import type { Grouping } from '../model/dead-letters.ts'
import { rollUpPage } from '../roll-up/roll-up.ts'
import { findDeadLetterGroups, previewSelection } from './dead-letters.ts'
import { exportDeadLetters } from './dead-letters-export.ts'
import { findFollowed, MOST_FOLLOWED } from './key.ts'
import { findNeighbours } from './neighbours.ts'

const Ordered = defineEvent('shop.ordered', {
  version: 1,
  subject: 'buyer',
  body: z.object({ buyer: z.uuid(), name: personal(z.string()), total: z.number() }),
})
const Returned = defineEvent('shop.returned', { version: 1, body: z.object({}) })
const once = { retry: { maxAttempts: 1 }, outage: null } as const
const shop: Module = {
  name: 'shop',
  messages: [Ordered, Returned],
  subscriptions: [
    subscribe(Ordered, 'shop.pack', once, async () => {
      throw new TypeError('the box is torn')
    }),
    subscribe(Ordered, 'shop.charge', once, async () => {
      throw new RangeError('no money')
    }),
    subscribe(Returned, 'shop.unpack', once, async () => {
      throw new TypeError('the box is gone')
    }),
    subscribe(Ordered, 'shop.note', {}, async () => {}),
  ],
}

describe('what died', () => {
  const registry = createRegistry([shop])
  const catalog = createCatalog(registry.definitions, createSealer('a secret for tests only, 32 chars'))
  const [anna, berta] = [newId(), newId()]
  let database: TestDatabase
  let node: TestNode
  const pool = () => node.storage.pool

  beforeAll(async () => {
    database = await createTestDatabase()
    node = await startNode(database.url, () => [shop])
    await node.bus.publish(Ordered, { buyer: anna, name: 'Anna Berg', total: 12 }, { key: 'order-1' })
    await node.bus.publish(Ordered, { buyer: berta, name: '=Berta', total: 30 }, { key: 'order-2' })
    await node.bus.publish(Returned, {})
    const settled = `SELECT count(*)::int AS count FROM deliveries WHERE state IN ('dead', 'succeeded')`
    await vi.waitFor(async () => expect((await pool().query<{ count: number }>(settled)).rows[0]?.count).toBe(7), {
      timeout: 15_000,
    })
    while (await rollUpPage(pool()));
  })
  afterAll(async () => {
    await node.stop()
    await database.drop()
  })

  const groupsBy = async (by: Grouping) => {
    const { sections } = await findDeadLetterGroups(pool(), {
      before: null,
      subscription: null,
      text: null,
      by,
      limit: 1,
    })
    return sections.map(({ title, count, groups }) => [title, count, groups.length])
  }

  it('is put together by handler, by type or by class of error, with sums of all of it', async () => {
    expect(await groupsBy('handler')).toEqual([
      ['shop.charge', 2, 1],
      ['shop.pack', 2, 1],
      ['shop.unpack', 1, 1],
    ])
    expect(await groupsBy('type')).toEqual([
      ['shop.ordered', 4, 2],
      ['shop.returned', 1, 1],
    ])
    expect(await groupsBy('error')).toEqual([
      ['TypeError', 3, 2],
      ['RangeError', 2, 1],
    ])
    // Each kind for itself comes by pages.
    expect(await groupsBy('failure')).toEqual([['', 5, 1]])
  })

  it('is retried together where it has something in common', async () => {
    const request = { before: null, subscription: null, text: null, by: 'error', limit: 10 } as const
    const { sections } = await findDeadLetterGroups(pool(), request)
    const [{ title, fingerprints }] = sections as [(typeof sections)[number]]
    const preview = await previewSelection({ pool: pool(), registry }, { by: 'groups', title, fingerprints })
    expect(preview).toMatchObject({ count: 3, isCut: false })
    expect(preview.blast.map((each) => each.subscription).sort()).toEqual(['shop.pack', 'shop.unpack'])
  })

  it('is taken along as a file in which nothing classified is to be read', async () => {
    const selection = { by: 'filter', subscription: 'shop.pack', text: null } as const
    const csv = await exportDeadLetters({ pool: pool(), catalog }, { selection, format: 'csv' })
    expect(csv).toMatchObject({ name: 'dead-letters.csv', count: 2, isCut: false })
    expect(csv.content).toContain('order-1')
    expect(csv.content).toContain('the box is torn')
    expect(csv.content).not.toMatch(/Anna|Berta/)
    const json = await exportDeadLetters({ pool: pool(), catalog }, { selection, format: 'json' })
    expect(JSON.parse(json.content)).toHaveLength(2)
    expect(json.content).toMatch(/"total":\s?30/)
    expect(json.content).not.toMatch(/Anna|Berta/)
  })

  it('lights up for who follows its key or its person', async () => {
    const byKey = await findFollowed(pool(), 'order-1', [])
    const byPerson = await findFollowed(pool(), anna, [])
    expect(byKey).toMatchObject({
      types: ['shop.ordered'],
      handlers: { 'shop.pack': ['dead'], 'shop.charge': ['dead'], 'shop.note': ['succeeded'] },
      counts: { messages: 1, open: 0, dead: 2 },
    })
    expect(byKey.fingerprints).toHaveLength(2)
    expect(byPerson.messageIds).toEqual(byKey.messageIds)
    expect((await findFollowed(pool(), 'order-3', [])).counts).toEqual({ messages: 0, open: 0, dead: 0 })
  })

  it('is counted as far as it is looked at by who follows its key', async () => {
    const send = (many: number) =>
      pool().query(
        `WITH sent AS (
           INSERT INTO messages (id, kind, name, version, body, conversation_id, key, occurred_at)
           SELECT gen_random_uuid(), 'event', 'shop.seen', 1, '{}', gen_random_uuid(), 'order-9', now() - make_interval(secs => i)
           FROM generate_series(1, $1::int) AS i RETURNING id, key, occurred_at)
         INSERT INTO message_keys (key, occurred_at, message_id) SELECT key, occurred_at, id FROM sent`,
        [many],
      )
    await send(MOST_FOLLOWED)
    expect(await findFollowed(pool(), 'order-9', [])).toMatchObject({
      counts: { messages: MOST_FOLLOWED },
      isCut: false,
    })
    await send(1)
    expect(await findFollowed(pool(), 'order-9', [])).toMatchObject({
      counts: { messages: MOST_FOLLOWED },
      isCut: true,
    })
  })

  it('has neighbours in its conversation', async () => {
    const { rows } = await pool().query<{ id: string }>(`SELECT id FROM messages WHERE name = 'shop.returned'`)
    const id = rows[0]!.id
    const all = await pool().query<{ id: string }>(
      `SELECT id FROM messages WHERE conversation_id = (SELECT conversation_id FROM messages WHERE id = $1)
       ORDER BY occurred_at, id`,
      [id],
    )
    const ids = all.rows.map((each) => each.id)
    const at = ids.indexOf(id)
    expect(await findNeighbours(pool(), id)).toEqual({
      first: ids[0],
      before: ids[at - 1] ?? null,
      next: ids[at + 1] ?? null,
    })
    expect(await findNeighbours(pool(), newId())).toBeNull()
  })
})
