import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase } from '../../server/database/testing.ts'
import { findDensity } from './density.ts'

const NOW = Date.parse('2026-01-01T12:00:30Z')
let database: Awaited<ReturnType<typeof createTestDatabase>>
let pool: pg.Pool

beforeAll(async () => {
  database = await createTestDatabase()
  pool = new pg.Pool({ connectionString: database.url, max: 2 })
  pool.on('error', () => {})
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

it('tells of each minute of two hours how much was sent, and how much failed', async () => {
  await pool.query(`INSERT INTO message_counts (span_s, at, name, version, sender, count) VALUES
    (60, '2026-01-01T12:00Z', 'a', 1, '', 5), (60, '2026-01-01T12:00Z', 'b', 1, '', 2),
    (60, '2026-01-01T10:01Z', 'a', 1, '', 9), (60, '2026-01-01T10:00Z', 'a', 1, '', 100),
    (600, '2026-01-01T12:00Z', 'a', 1, '', 100)`)
  await pool.query(`INSERT INTO attempt_counts (span_s, at, subscription, message, outcome, bucket, count, longest_ms, last_at) VALUES
    (60, '2026-01-01T11:59Z', 's', 'a', 'failed', 1, 3, 1, '2026-01-01T11:59Z'),
    (60, '2026-01-01T11:59Z', 's', 'a', 'given-up', 1, 1, 1, '2026-01-01T11:59Z'),
    (60, '2026-01-01T11:59Z', 's', 'a', 'succeeded', 1, 50, 1, '2026-01-01T11:59Z')`)
  const { sent, failed, fromMs } = await findDensity(pool, NOW)
  expect(fromMs).toBe(Date.parse('2026-01-01T10:01Z'))
  expect([sent.length, sent[0], sent.at(-1)]).toEqual([120, 9, 7])
  expect([failed.at(-2), failed.at(-1)]).toEqual([4, 0])
})
