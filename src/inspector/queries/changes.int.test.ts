import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../bus/index.ts'
import { createTestDatabase } from '../../server/database/testing.ts'
import { countNewSince, findChangesSince, findNow, isRemembered } from './changes.ts'

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
  beforeEach(() => pool.query('TRUNCATE messages, deliveries CASCADE'))

  const insert = async (client: pg.Pool | pg.PoolClient) => {
    const ids = { messageId: newId(), deliveryId: newId() }
    await client.query(INSERT, [ids.messageId, ids.deliveryId])
    return ids
  }

  it('does not lose a row whose transaction began first and committed last', async () => {
    const slow = await pool.connect()
    await slow.query('BEGIN')
    const late = await insert(slow)
    const cursor = await findNow(pool)
    const early = await insert(pool)

    const first = await findChangesSince(pool, cursor, 100)
    expect(first.messages.map((each) => each.messageId)).toEqual([early.messageId])

    await slow.query('COMMIT')
    slow.release()
    const second = await findChangesSince(pool, first.cursor, 100)
    expect(second.messages.map((each) => each.messageId)).toEqual([late.messageId])
    expect((await findChangesSince(pool, second.cursor, 100)).messages).toEqual([])
  })

  it('shows each change once, page by page, while transactions open and close in every order', async () => {
    let cursor = await findNow(pool)
    const held = await Promise.all([1, 2, 3].map(() => pool.connect()))
    for (const client of held) await client.query('BEGIN')
    const inserted: string[] = []
    for (const client of held) inserted.push((await insert(client)).messageId)
    const seen: string[] = []
    const readAll = async () => {
      for (;;) {
        const page = await findChangesSince(pool, cursor, 2)
        seen.push(...page.messages.map((each) => each.messageId))
        cursor = page.cursor
        if (page.complete) return
      }
    }
    for (const client of [held[1]!, held[0]!, held[2]!]) {
      for (let each = 0; each < 5; each += 1) inserted.push((await insert(pool)).messageId)
      await readAll()
      await client.query('COMMIT')
      client.release()
      for (let each = 0; each < 5; each += 1) inserted.push((await insert(pool)).messageId)
      await readAll()
    }
    expect([...seen].sort()).toEqual([...inserted].sort())
  })

  it('counts what came since a cursor, of each transaction once it is there', async () => {
    const slow = await pool.connect()
    await slow.query('BEGIN')
    await insert(slow)
    const cursor = await findNow(pool)
    await insert(pool)
    await insert(pool)
    expect(await countNewSince(pool, cursor)).toBe(2)
    await slow.query('COMMIT')
    slow.release()
    expect(await countNewSince(pool, cursor)).toBe(3)
    expect(await countNewSince(pool, await findNow(pool))).toBe(0)
  })

  it('knows when a cursor is older than what is kept', async () => {
    const cursor = await findNow(pool)
    expect(await isRemembered(pool, cursor)).toBe(true)
    await insert(pool)
    await pool.query(`UPDATE changes_floor SET tx = pg_snapshot_xmax(pg_current_snapshot())::text::bigint`)
    expect(await isRemembered(pool, cursor)).toBe(false)
  })

  it('shows a delivery again when it changed, with a higher revision', async () => {
    const { deliveryId } = await insert(pool)
    const cursor = await findNow(pool)
    await pool.query(`UPDATE deliveries SET state = 'succeeded', settled_at = now(), revision = 1 WHERE id = $1`, [
      deliveryId,
    ])
    const { deliveries, messages } = await findChangesSince(pool, cursor, 100)
    expect(messages).toEqual([])
    expect(deliveries).toMatchObject([{ deliveryId, state: 'succeeded', revision: 1 }])
  })

  it('pages through a long absence without a gap, also where a page would end inside a transaction', async () => {
    const cursor = await findNow(pool)
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
    const cursor = await findNow(pool)
    const { messageId } = await insert(pool)
    await insert(pool)
    const { messages, deliveries } = await findChangesSince(pool, cursor, 100, messageId)
    expect(messages.map((each) => each.messageId)).toEqual([messageId])
    // A new message brings its deliveries along.
    expect(messages[0]!.deliveries.map((each) => each.messageId)).toEqual([messageId])
    expect(deliveries).toEqual([])
  })
})
