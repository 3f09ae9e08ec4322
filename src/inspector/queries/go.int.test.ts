import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { createRegistry, defineCommand, handle, type Module, newId } from '../../bus/index.ts'
import { createTestDatabase, type TestDatabase } from '../../server/database/testing.ts'
import { startNode, type TestNode } from '../../server/testing/nodes.ts'
import type { HitKind } from '../model/lookup.ts'
import { rollUpPage } from '../roll-up/roll-up.ts'
import { findAny } from './go.ts'
import { findKey } from './key.ts'

const Order = defineCommand('shop.order', {
  version: 1,
  subject: 'buyer',
  body: z.object({ buyer: z.uuid() }),
  reply: z.object({}),
})
const shop: Module = {
  name: 'shop',
  messages: [Order],
  subscriptions: [
    handle(Order, { retry: { maxAttempts: 1 } }, async () => {
      throw new Error('the shelf 4711 is empty')
    }),
  ],
}

describe('looking up whatever somebody holds', () => {
  let database: TestDatabase
  let node: TestNode
  const buyer = newId()
  let messageId: string
  let deliveryId: string
  let fingerprint: string

  beforeAll(async () => {
    database = await createTestDatabase()
    node = await startNode(database.url, () => [shop])
    const { pool } = node.storage
    await pool.query(
      `INSERT INTO users (id, email, email_key, name, password_hash, sign_up_conversation_id)
       VALUES ($1, 'Ada@Example.com', 'ada@example.com', 'Ada', '-', $1)`,
      [buyer],
    )
    await pool.query(
      `INSERT INTO processes (name, key, definition_version, version, status, state, context, timers, waiting_for,
                              conversation_id, subject_id, started_at, changed_at)
       VALUES ('shop.parcel', 'parcel 7', 1, 1, 'running', '"open"', '{}', '[]', '[]', $1, $1, now(), now())`,
      [buyer],
    )
    ;({ messageId } = await node.bus.send(Order, { buyer }, { key: 'order-8841' }))
    const row = await vi.waitFor(async () => {
      const { rows } = await pool.query<{ id: string; fingerprint: string }>(
        `SELECT id, fingerprint FROM deliveries WHERE state = 'dead'`,
      )
      if (!rows[0]) throw new Error('Nothing is dead yet.')
      return rows[0]
    }, 10_000)
    deliveryId = row.id
    fingerprint = row.fingerprint
    while (await rollUpPage(pool));
  })
  afterAll(async () => {
    await node.stop()
    await database.drop()
  })

  const find = async (text: string): Promise<[HitKind, string][]> => {
    const hits = await findAny(
      {
        pool: node.storage.pool,
        registry: createRegistry([shop]),
        processes: ['shop.parcel'],
        emailKeysOf: (email) => [email.toLowerCase()],
      },
      text,
    )
    return hits.map(({ kind, href }) => [kind, href])
  }

  it('finds a message, a delivery and a person by their ids, whole or their beginnings', async () => {
    const message = [['message', `/inspector/m/${messageId}`]]
    expect(await find(messageId)).toEqual(message)
    expect(await find(messageId.replaceAll('-', '').toUpperCase())).toEqual(message)
    expect(await find(deliveryId)).toEqual([['delivery', `/inspector/m/${messageId}?h=${deliveryId}`]])
    expect(await find(messageId.slice(0, -3))).toEqual(message)
    expect(await find(buyer)).toEqual([['person', `/inspector/key/${buyer}`]])
  })

  it('finds a conversation whose first message is not kept any more', async () => {
    const conversationId = newId()
    await node.bus.send(Order, { buyer }, { conversationId })
    expect(await find(conversationId)).toEqual([['conversation', `/inspector/c/${conversationId}`]])
  })

  it('finds a person by an address, however it is written', async () => {
    expect(await find(' ADA@example.com ')).toEqual([['person', `/inspector/key/${buyer}`]])
  })

  it('finds keys of messages and processes, names, errors and groups of failures', async () => {
    expect(await find('order-8841')).toEqual([['key', '/inspector/key/order-8841']])
    expect(await find('parcel 7')).toEqual([['process', '/inspector/processes/shop.parcel/parcel%207']])
    expect(await find('shop.ord')).toEqual([
      ['type', '/inspector/types/shop.order'],
      ['handler', '/inspector/handlers/shop.order'],
    ])
    expect(await find('SHELF 4711')).toEqual([['error', `/inspector/m/${messageId}?h=${deliveryId}`]])
    expect(await find(fingerprint)).toContainEqual(['failures', `/inspector/dead-letters/${fingerprint}`])
  })

  it('finds nothing where there is nothing', async () => {
    for (const text of [newId(), 'nobody@example.com', "'; DROP TABLE messages; --", 'x', '%']) {
      expect(await find(text)).toEqual([])
    }
  })

  it('follows a key: what was sent with it, about the person, and the processes', async () => {
    const { pool } = node.storage
    const byOrder = await findKey(pool, 'order-8841', ['shop.parcel'])
    expect(byOrder).toMatchObject({ isPerson: false, processes: [] })
    expect(byOrder.messages.map((each) => each.messageId)).toEqual([messageId])
    const byPerson = await findKey(pool, buyer, ['shop.parcel'])
    expect(byPerson.isPerson).toBe(true)
    expect(byPerson.messages.map((each) => each.messageId)).toContain(messageId)
    expect(byPerson.processes.map((each) => each.key)).toEqual(['parcel 7'])
  })
})
