import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineCommand, defineEvent, handle, type Module, subscribe } from '../../bus/index.ts'
import { createTestDatabase, type TestDatabase } from '../../server/database/testing.ts'
import { startNode, type TestNode } from '../../server/testing/nodes.ts'
import { rollUpPage } from './roll-up.ts'

const Order = defineCommand('shop.order', { version: 1, body: z.object({ n: z.int() }), reply: z.object({}) })
const Ordered = defineEvent('shop.ordered', { version: 2, body: z.object({ n: z.int() }) })
const retry = { maxAttempts: 3, immediate: 2 }
const ATTEMPTS_OF_DEAD = 3

/** Every third event fails once, every fifth never succeeds, every seventh is not for everybody. */
const shop: Module = {
  name: 'shop',
  messages: [Order, Ordered],
  subscriptions: [
    handle(Order, {}, async ({ n }, { publish }) => {
      publish(Ordered, { n })
      return {}
    }),
    subscribe(Ordered, 'shop.count', { retry, outage: null }, async ({ n }, { attempt }) => {
      if (n % 5 === 0 || (n % 3 === 0 && attempt === 1)) throw new Error(`no room for order ${n}`)
    }),
    subscribe(Ordered, 'shop.greet', { skip: ({ n }) => (n % 7 === 0 ? 'not wanted' : null) }, async () => {}),
  ],
}

describe('rolling up what changed', () => {
  let database: TestDatabase
  let node: TestNode
  let pool: pg.Pool

  beforeEach(async () => {
    database = await createTestDatabase()
    node = await startNode(database.url, () => [shop])
    pool = new pg.Pool({ connectionString: database.url, max: 4 })
    pool.on('error', () => {})
  })
  afterEach(async () => {
    await pool.end()
    await node.stop()
    await database.drop()
  })

  const order = async (from: number, to: number) => {
    const numbers = Array.from({ length: to - from }, (_, index) => from + index)
    await Promise.all(numbers.map((n) => node.bus.send(Order, { n }, { key: `order-${n}` })))
  }
  const settled = () =>
    expect
      .poll(async () => (await pool.query(`SELECT FROM deliveries WHERE settled_at IS NULL`)).rowCount, {
        timeout: 20_000,
      })
      .toBe(0)
  const rollUp = async (limit?: number) => {
    while (await rollUpPage(pool, limit));
  }
  const counted = async (span: number) => {
    const { rows } = await pool.query<{ key: string; n: number }>(
      `SELECT subscription || ' ' || outcome AS key, sum(count)::int AS n FROM attempt_counts WHERE span_s = $1 GROUP BY 1
       UNION ALL SELECT sender || ' sent ' || name, sum(count)::int FROM message_counts WHERE span_s = $1 GROUP BY 1`,
      [span],
    )
    return Object.fromEntries(rows.map(({ key, n }) => [key, n]))
  }
  /** As when nobody has counted for longer than changes are kept; once no open transaction needs them any more. */
  const tidyAll = async () => {
    const tidy = `
      WITH newest AS (SELECT max(tx) AS tx FROM changes)
      UPDATE changes_floor SET tx = newest.tx + 1 FROM newest
      WHERE newest.tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint`
    await expect.poll(async () => (await pool.query(tidy)).rowCount, { timeout: 10_000 }).toBe(1)
  }
  const expectedOf = (to: number) => {
    const numbers = Array.from({ length: to }, (_, n) => n)
    const dead = numbers.filter((n) => n % 5 === 0).length
    const once = numbers.filter((n) => n % 5 !== 0 && n % 3 === 0).length
    const skipped = numbers.filter((n) => n % 7 === 0).length
    return {
      ' sent shop.order': to,
      'shop.order sent shop.ordered': to,
      'shop.order succeeded': to,
      'shop.count succeeded': to - dead,
      'shop.count failed': once + dead * (ATTEMPTS_OF_DEAD - 1),
      'shop.count given-up': dead,
      'shop.greet succeeded': to - skipped,
      'shop.greet skipped': skipped,
    }
  }
  /** What is expected of the bus itself; the death of each is told by an event of its own. */
  const withoutBus = (counts: Record<string, number>) =>
    Object.fromEntries(Object.entries(counts).filter(([key]) => !key.includes('bus.')))

  it('counts messages and ends of attempts, by whose handler and how they ended', async () => {
    await order(0, 70)
    await settled()
    await rollUp()
    for (const span of [60, 600, 3_600]) expect(withoutBus(await counted(span))).toEqual(expectedOf(70))
    const { rows } = await pool.query<{ key: string }>('SELECT key FROM message_keys ORDER BY occurred_at LIMIT 1')
    expect(rows[0]?.key).toMatch(/^order-\d+$/)
  })

  it('remembers errors by what they have in common', async () => {
    await order(0, 20)
    await settled()
    await rollUp()
    const { rows } = await pool.query('SELECT subscription, shape, count FROM error_texts')
    expect(rows).toEqual([{ subscription: 'shop.count', shape: 'no room for order #', count: 17 }])
  })

  it('counts each once while things happen, page by page, with two who think that they lead', async () => {
    let isOver = false
    const leader = async (limit: number) => {
      while (!isOver) await rollUpPage(pool, limit)
    }
    const leaders = [leader(7), leader(50)]
    for (let from = 0; from < 210; from += 30) await order(from, from + 30)
    await settled()
    isOver = true
    await Promise.all(leaders)
    await rollUp(11)
    expect(withoutBus(await counted(60))).toEqual(expectedOf(210))
  })

  it('counts each once when whoever counts is killed between any two of its statements', async () => {
    let isOver = false
    let deaths = 0
    const killer = async () => {
      while (!isOver) {
        const { rows } = await pool.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE application_name = 'leader' AND backend_xid IS NOT NULL`,
        )
        deaths += rows.length
      }
    }
    const leader = async () => {
      while (!isOver) {
        const own = new pg.Pool({ connectionString: database.url, max: 1, application_name: 'leader' })
        own.on('error', () => {})
        own.on('connect', (connection) => connection.on('error', () => {}))
        await rollUpPage(own, 20).catch(() => {})
        await own.end()
      }
    }
    const both = [killer(), leader()]
    for (let from = 0; from < 105; from += 15) await order(from, from + 15)
    await settled()
    await expect.poll(() => deaths, { timeout: 10_000 }).toBeGreaterThan(5)
    isOver = true
    await Promise.all(both)
    await rollUp(20)
    expect(withoutBus(await counted(60))).toEqual(expectedOf(105))
  })

  it('counts again what an operator revives, and only that', async () => {
    await order(5, 6)
    await settled()
    await rollUp()
    const { rows } = await pool.query<{ id: string }>(`SELECT id FROM deliveries WHERE state = 'dead'`)
    await node.storage.unitOfWork.run((tx) => node.storage.deliveries.revive(tx, rows[0]!.id))
    await settled()
    await rollUp()
    expect(await counted(60)).toMatchObject({ 'shop.count given-up': 2 })
  })

  it('says of which time it did not count everything, when what changed is gone', async () => {
    await order(1, 3)
    await settled()
    await tidyAll()
    await rollUp()
    expect(await counted(60)).toEqual({})
    expect((await pool.query('SELECT FROM roll_up_gaps WHERE until_at > from_at')).rowCount).toBe(1)
    await order(7, 8)
    await settled()
    await rollUp()
    expect(withoutBus(await counted(60))).toMatchObject({ 'shop.order succeeded': 1, 'shop.greet skipped': 1 })
  })
})
