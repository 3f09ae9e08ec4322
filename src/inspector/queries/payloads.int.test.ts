import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
import { findComparables, findPayload, toPayloadView } from './payloads.ts'

const Paid = defineEvent('shop.paid', {
  version: 1,
  body: z.object({ name: personal(z.string()), amount: z.number() }),
})

const shop: Module = {
  name: 'shop',
  messages: [Paid],
  subscriptions: [
    subscribe(Paid, 'shop.book', { skip: ({ amount }) => (amount < 0 ? 'not wanted' : null) }, async () => {}),
  ],
}

const catalog = createCatalog(createRegistry([shop]).definitions, createSealer('a secret for tests only, 32 chars'))

describe('payloads', () => {
  let database: TestDatabase
  let node: TestNode

  beforeAll(async () => {
    database = await createTestDatabase()
    node = await startNode(database.url, () => [shop])
  })
  afterAll(async () => {
    await node.stop()
    await database.drop()
  })
  const query = (text: string, values: unknown[] = []) => node.storage.pool.query<{ id: string }>(text, values)

  it('are read with every digit, and masked', async () => {
    await node.bus.publish(Paid, { name: 'Anna', amount: 1 })
    const body = '{"name": "Anna", "amount": 9007199254740993.10}'
    const { rows } = await query('UPDATE messages SET body = $1::jsonb RETURNING id', [body])
    const json = await findPayload(node.storage.pool, catalog, rows[0]!.id)
    expect(json).toContain('9007199254740993.10')
    expect(json).toContain('"masked": "personal"')
    expect(json).not.toContain('Anna')
    expect(await findPayload(node.storage.pool, catalog, newId())).toBeNull()
  })

  it('of a long one only the beginning comes along', () => {
    expect(toPayloadView('x'.repeat(70_000))).toMatchObject({ length: 70_000, isWhole: false })
    expect(toPayloadView('{}')).toEqual({ json: '{}', length: 2, isWhole: true })
  })

  it('may be compared with the one before of the type, and the last one that went well', async () => {
    await expect.poll(async () => (await query(`SELECT id FROM deliveries WHERE state = 'succeeded'`)).rowCount).toBe(1)
    await node.bus.publish(Paid, { name: 'Bert', amount: 2 })
    await node.bus.publish(Paid, { name: 'Carl', amount: 3 })
    await expect.poll(async () => (await query(`SELECT id FROM deliveries WHERE state = 'succeeded'`)).rowCount).toBe(3)
    const { rows } = await query('SELECT id FROM messages ORDER BY occurred_at, id')
    await query(`UPDATE deliveries SET state = 'dead', fingerprint = 'f' WHERE message_id = $1`, [rows[1]!.id])
    const kinds = (await findComparables(node.storage.pool, rows[2]!.id)).map(({ kind, messageId }) => [
      kind,
      messageId,
    ])
    expect(kinds).toEqual([
      ['previous', rows[1]!.id],
      ['last-good', rows[0]!.id],
    ])
  })
})
