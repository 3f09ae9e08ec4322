import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../bus/index.ts'
import { createTestDatabase } from '../../server/database/testing.ts'
import { findChangesSince, findHorizon } from './changes.ts'

const INSERT = `
  WITH m AS (
    INSERT INTO messages (id, kind, name, version, body, conversation_id, occurred_at)
    VALUES ($1, 'event', 'test.happened', 1, '{}', $1, now()) RETURNING id
  )
  INSERT INTO deliveries (id, message_id, subscription, position, state, max_attempts, due_at)
  SELECT $2, id, 'test.react', 0, 'pending', 3, now() FROM m`

describe('reading what changed', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>
  let pool: pg.Pool

  beforeAll(async () => {
    database = await createTestDatabase()
    pool = new pg.Pool({ connectionString: database.url, max: 6 })
    pool.on('error', () => {})
  })
  afterAll(async () => {
    await pool.end()
    await database.drop()
  })
  beforeEach(() => pool.query('TRUNCATE messages CASCADE'))

  const insert = async (client: pg.Pool | pg.PoolClient) => {
    const ids = { messageId: newId(), deliveryId: newId() }
    await client.query(INSERT, [ids.messageId, ids.deliveryId])
    return ids
  }

  it('does not lose a row whose transaction began first and committed last', async () => {
    const slow = await pool.connect()
    await slow.query('BEGIN')
    const late = await insert(slow)
    const cursor = await findHorizon(pool)
    const early = await insert(pool)

    const first = await findChangesSince(pool, cursor, 100)
    expect(first.messages.map((each) => each.messageId)).toEqual([early.messageId])

    await slow.query('COMMIT')
    slow.release()
    const second = await findChangesSince(pool, first.cursor, 100)
    expect(second.messages.map((each) => each.messageId)).toContain(late.messageId)
  })

  it('shows a delivery again when it changed, with a higher revision', async () => {
    const { deliveryId } = await insert(pool)
    const cursor = await findHorizon(pool)
    await pool.query(`UPDATE deliveries SET state = 'succeeded', settled_at = now() WHERE id = $1`, [deliveryId])
    const { deliveries, messages } = await findChangesSince(pool, cursor, 100)
    // The horizon may lie further back when others are at work on the server: a viewer drops what it knows.
    expect(messages.length).toBeLessThanOrEqual(1)
    expect(deliveries).toMatchObject([{ deliveryId, state: 'succeeded', revision: 1 }])
  })

  it('pages through a long absence without a gap, also where a page would end inside a transaction', async () => {
    const cursor = await findHorizon(pool)
    const inserted: string[] = []
    for (let round = 0; round < 10; round += 1) {
      const client = await pool.connect()
      await client.query('BEGIN')
      for (let each = 0; each < 7; each += 1) inserted.push((await insert(client)).messageId)
      await client.query('COMMIT')
      client.release()
    }
    const seen = new Set<string>()
    let page = await findChangesSince(pool, cursor, 10)
    for (; !page.complete; page = await findChangesSince(pool, page.cursor, 10)) {
      for (const each of page.messages) seen.add(each.messageId)
    }
    for (const each of page.messages) seen.add(each.messageId)
    expect([...seen].sort()).toEqual([...inserted].sort())
  })

  it('keeps to one conversation when asked', async () => {
    const cursor = await findHorizon(pool)
    const { messageId } = await insert(pool)
    await insert(pool)
    const { messages, deliveries } = await findChangesSince(pool, cursor, 100, messageId)
    expect(messages.map((each) => each.messageId)).toEqual([messageId])
    expect(deliveries.map((each) => each.messageId)).toEqual([messageId])
  })
})
