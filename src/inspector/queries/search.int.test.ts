import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../bus/index.ts'
import { createTestDatabase } from '../../server/database/testing.ts'
import { parseFilter } from '../model/filter/parse.ts'
import type { MessageRow, Place } from '../model/view.ts'
import { search } from './search.ts'

/** Twelve thousand messages a second apart, the newest at noon; every 1,000th one has a delivery that died. */
const MANY = 12_000
const NOON = '2026-01-01T12:00:00.000Z'
const FILL = `
  WITH numbered AS (SELECT i, gen_random_uuid() AS id FROM generate_series(1, ${MANY}) AS i), m AS (
    INSERT INTO messages (id, kind, name, version, body, conversation_id, key, occurred_at)
    SELECT id, 'event', CASE WHEN i % 3 = 0 THEN 'test.third' ELSE 'test.happened' END, 1,
           jsonb_build_object('total', i, 'email', 'a@b.example'), id, 'order-' || i,
           '${NOON}'::timestamptz - make_interval(secs => ${MANY} - i)
    FROM numbered
  )
  INSERT INTO deliveries (id, message_id, subscription, position, state, attempt, max_attempts, due_at, settled_at, last_error, fingerprint)
  SELECT gen_random_uuid(), id, 'test.react', 0, CASE WHEN i % 1000 = 0 THEN 'dead' ELSE 'succeeded' END, 1, 3,
         '${NOON}', '${NOON}', CASE WHEN i % 1000 = 0 THEN 'ECONNRESET' END, CASE WHEN i % 1000 = 0 THEN 'f' END
  FROM numbered`

const TYPES: Record<string, string> = { 'test.react': 'test.third' }

describe('a search', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>
  let pool: pg.Pool

  beforeAll(async () => {
    database = await createTestDatabase()
    pool = new pg.Pool({ connectionString: database.url, max: 3 })
    pool.on('error', () => {})
    await pool.query(FILL)
  })
  afterAll(async () => {
    await pool.end()
    await database.drop()
  })

  /** Masks one field, as the catalog of a build that knows the message does. */
  const catalog = {
    mask: (_name: string, _version: number, body: unknown) => ({ ...(body as object), email: { masked: 'personal' } }),
  }
  const find = (filter: string, before: Place | null = null, limit = 100) => {
    const parsed = parseFilter(filter)
    if (!parsed.ok) throw new Error(parsed.message)
    const parts = {
      pool,
      catalog: catalog as never,
      clock: { now: () => new Date(NOON) } as never,
      typeOf: (handler: string) => TYPES[handler],
    }
    return search(parts, { clauses: parsed.clauses, before, limit })
  }
  const findAll = async (filter: string) => {
    const rows: MessageRow[] = []
    let page = await find(filter)
    rows.push(...page.rows)
    for (let rounds = 0; page.next && rounds < 100; rounds += 1) {
      page = await find(filter, page.next)
      rows.push(...page.rows)
    }
    return rows
  }
  const numbers = (rows: MessageRow[]) => rows.map((each) => Number(each.key?.slice('order-'.length)))

  it('finds the newest first, page by page, without a gap or a repeat', async () => {
    const expected = Array.from({ length: MANY / 3 }, (_, index) => MANY - index * 3)
    expect(numbers(await findAll('type:test.third'))).toEqual(expected)
  })

  it('looks at a bounded part at a time, and says how far it came', async () => {
    const page = await find('error:elsewhere')
    expect(page).toMatchObject({ rows: [], looked: 5_000 })
    expect(page.next?.occurredAt).toBe(new Date(Date.parse(NOON) - 4_999_000).toISOString())
  })

  it('finds by state, error, key, payload and free text', async () => {
    const thousands = Array.from({ length: MANY / 1_000 }, (_, index) => MANY - index * 1_000)
    expect(numbers(await findAll('state:dead'))).toEqual(thousands)
    expect(numbers(await findAll('econnreset -type:test.third'))).toEqual(thousands.filter((each) => each % 3 !== 0))
    expect(numbers(await findAll('key:order-77'))).toEqual([77])
    expect(numbers(await findAll('payload.total:<=3'))).toEqual([3, 2, 1])
  })

  it.each([
    ['key:order-77', 1],
    ['state:dead', 12],
    ['state:dead,retrying type:test.third', 12],
    ['type:test.th* at:<2026-01-01T08:41:00Z', 20],
    ['attempt:>=2', 1],
    ['attempt:>=2 state:pending', 0],
  ])('looks at nothing that an index can leave out: %s', async (filter, looked) => {
    await pool.query(`INSERT INTO failed_attempts (delivery_id, number, outcome, started_at, finished_at, node, error)
      SELECT d.id, 1, 'failed', '${NOON}', '${NOON}', 'n', '{}' FROM deliveries AS d
      JOIN messages AS m ON m.id = d.message_id WHERE m.key = 'order-8' ON CONFLICT DO NOTHING`)
    expect(await find(filter)).toMatchObject({ looked, next: null })
  })

  it('goes from a handler to the type that it is delivered', async () => {
    const page = await find('handler:test.react', null, 10)
    expect(page.rows.every((each) => each.name === 'test.third')).toBe(true)
    expect(page.looked).toBe(500)
  })

  it('finds what waits, runs or is dead in whatever index it is', async () => {
    const states = [
      `state = 'pending', settled_at = NULL`,
      `state = 'retrying', settled_at = NULL, ordering_key = 'k1', order_number = 1`,
      `state = 'pending', settled_at = NULL, parked_reason = 'of another build'`,
      `state = 'running', settled_at = NULL, lease_token = gen_random_uuid(), lease_until = '${NOON}'`,
    ]
    for (const [index, change] of states.entries())
      await pool.query(
        `UPDATE deliveries SET ${change} WHERE message_id = (SELECT id FROM messages WHERE key = 'order-${20 + index}')`,
      )
    expect(numbers((await find('state:pending')).rows)).toEqual([22, 20])
    expect(numbers((await find('state:retrying')).rows)).toEqual([21])
    expect(numbers((await find('state:running')).rows)).toEqual([23])
    expect(numbers((await find('state:pending,running,retrying')).rows)).toEqual([23, 22, 21, 20])
  })

  it('does not tell what is masked', async () => {
    expect(await findAll('payload.email:~a@b')).toEqual([])
  })

  it('goes straight to a time, and no further than one', async () => {
    const page = await find('at:<=2026-01-01T10:00:00Z at:>2026-01-01T09:59:57Z')
    expect(numbers(page.rows)).toEqual([4_800, 4_799, 4_798])
    expect(page.next).toBeNull()
    expect(page.looked).toBeLessThan(10)
    expect((await find('age:>2h', null, 1)).rows[0]?.key).toBe('order-4799')
  })

  it('goes straight to an id: of a message, a delivery or a conversation', async () => {
    const { rows } = await pool.query<{ id: string; delivery: string }>(
      `SELECT m.id, d.id AS delivery FROM messages m JOIN deliveries d ON d.message_id = m.id WHERE m.key = 'order-5'`,
    )
    const { id, delivery } = rows[0]!
    for (const typed of [id, `id:${id}`, `id:${delivery}`, delivery.toUpperCase()]) {
      const page = await find(typed)
      expect(numbers(page.rows), typed).toEqual([5])
      expect(page.looked).toBe(1)
    }
    expect((await find(`id:${newId()}`)).rows).toEqual([])
  })

  it('tells which messages caused others', async () => {
    await pool.query(
      `INSERT INTO messages (id, kind, name, version, body, conversation_id, causation_id, causation_delivery_id, key, occurred_at)
       SELECT gen_random_uuid(), 'event', 'test.followed', 1, '{}', conversation_id, messages.id, d.id, 'order-0', occurred_at
       FROM messages JOIN deliveries AS d ON d.message_id = messages.id WHERE key = 'order-9'`,
    )
    expect(numbers(await findAll('has:children at:<2026-01-01T08:41:00Z'))).toEqual([9])
  })
})
