import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../server/database/testing.ts'
import { createFaults } from './faults.ts'

describe('a fault', () => {
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

  const attempt = (subscription: string) =>
    createFaults(pool)
      .before({ subscription } as never, new AbortController().signal)
      .then(
        () => 'went on',
        (error: { code: string }) => error.code,
      )

  it('that fails the next times counts exactly, also for attempts at once, and then is gone', async () => {
    await pool.query(`INSERT INTO faults (subscription, mode, remaining) VALUES ('a.b', 'fail-times', 3)`)
    const ends = await Promise.all(Array.from({ length: 6 }, () => attempt('a.b')))
    expect(ends.filter((each) => each === 'injected-fault')).toHaveLength(3)
    expect((await createFaults(pool).list()).size).toBe(0)
  })

  it('that always fails stays', async () => {
    await pool.query(`INSERT INTO faults (subscription, mode) VALUES ('a.c', 'always')`)
    expect([await attempt('a.c'), await attempt('a.c'), await attempt('a.other')]).toEqual([
      'injected-fault',
      'injected-fault',
      'went on',
    ])
  })

  it('that is slow keeps the handler waiting for its time, or until it is told to stop', async () => {
    await pool.query(
      `INSERT INTO faults (subscription, mode, delay_ms) VALUES ('a.slow', 'slow', 60), ('a.snail', 'slow', 60000)`,
    )
    const startedAt = performance.now()
    expect(await attempt('a.slow')).toBe('went on')
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(59)
    const stopping = new AbortController()
    const waiting = createFaults(pool).before({ subscription: 'a.snail' } as never, stopping.signal)
    stopping.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'ABORT_ERR' })
    expect((await createFaults(pool).list()).get('a.snail')).toEqual({ mode: 'slow', delayMs: 60_000 })
  })
})
