import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../bus/index.ts'
import { addDeliveries } from '../inspector/operations/replay.ts'
import { findNow, isRemembered } from '../inspector/queries/changes.ts'
import { createTestDatabase, type TestDatabase } from '../server/database/testing.ts'
import { openTestStorage } from '../server/testing/test-storage.ts'
import type { PostgresStorage } from './index.ts'

const INSERT = `
  WITH m AS (
    INSERT INTO messages (id, kind, name, version, body, conversation_id, occurred_at)
    VALUES ($1, 'event', 'test.happened', 1, '{}', $1, now() - interval '40 days') RETURNING id
  )
  INSERT INTO deliveries (id, message_id, subscription, position, state, reason, max_attempts, due_at, settled_at,
                          fingerprint)
  SELECT $1, id, 'test.react', 0, $2, 'because', 3, now() - interval '40 days', now() - interval '40 days', 'a group'
  FROM m`
const RETENTION = { defaultDays: 30, exceptions: new Map() }

describe('what is past its time', () => {
  let database: TestDatabase
  let storage: PostgresStorage

  beforeEach(async () => {
    database = await createTestDatabase()
    storage = openTestStorage(database.url)
  })
  afterEach(async () => {
    await storage.stop()
    await database.drop()
  })

  const insert = async (state: string) => {
    const id = newId()
    await storage.pool.query(INSERT, [id, state])
    return id
  }
  const sum = async (batches: AsyncIterable<number>) => {
    let total = 0
    for await (const rows of batches) total += rows
    return total
  }
  const newestNote = async () =>
    (await storage.pool.query<{ tx: string }>('SELECT max(tx)::text AS tx FROM changes')).rows[0]!.tx
  /** A cursor past the transaction, whatever another test on this server has open meanwhile. */
  const nowBehind = async (tx: string) => {
    let now = await findNow(storage.pool)
    const xmin = async () => {
      now = await findNow(storage.pool)
      return BigInt(now.split(':', 1)[0]!)
    }
    await expect.poll(xmin).toBeGreaterThan(BigInt(tx))
    return now
  }
  /** With all that was committed by now counted. Until it finds some: a transaction of another test on this server may be open, too. */
  const tidied = async () => {
    await storage.pool.query('UPDATE roll_up_cursor SET cursor = pg_current_snapshot()::text')
    return sum(storage.history.tidy())
  }
  const left = async (table: 'changes' | 'idempotency_keys' | 'messages') =>
    (await storage.pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`)).rows[0]!.n

  it('D13: notes of changes go after ten minutes, and who was away for longer is told', async () => {
    const before = await findNow(storage.pool)
    await insert('succeeded')
    await storage.pool.query(`UPDATE changes SET at = at - interval '11 minutes'`)
    const after = await nowBehind(await newestNote())
    await insert('succeeded')

    await expect.poll(tidied).toBe(1)
    expect(await left('changes')).toBe(1)
    expect(await isRemembered(storage.pool, before)).toBe(false)
    expect(await isRemembered(storage.pool, after)).toBe(true)
  })

  it('D13: a note stays while a transaction is open that began before it', async () => {
    const open = await storage.pool.connect()
    await open.query('BEGIN; SELECT pg_current_xact_id()')
    await insert('succeeded')
    await storage.pool.query(`UPDATE changes SET at = at - interval '11 minutes'`)
    expect(await sum(storage.history.tidy())).toBe(0)
    await open.query('COMMIT')
    open.release()
    await expect.poll(tidied).toBe(1)
  })

  it('D13: a note that nobody has counted yet stays for a day', async () => {
    await insert('succeeded')
    await nowBehind(await newestNote())
    await storage.pool.query(`UPDATE changes SET at = at - interval '23 hours'`)
    expect(await sum(storage.history.tidy())).toBe(0)
    await storage.pool.query(`UPDATE changes SET at = at - interval '2 hours'`)
    await expect.poll(() => sum(storage.history.tidy())).toBe(1)
  })

  it('D12, D13: idempotency keys go when their window is over, and not before', async () => {
    await storage.pool.query(`
      INSERT INTO idempotency_keys (name, key, message_id, conversation_id, expires_at)
      SELECT 'test.do', n::text, gen_random_uuid(), gen_random_uuid(), now() + make_interval(secs => n)
      FROM unnest(ARRAY[-1, 60]) AS n`)
    expect(await sum(storage.history.tidy())).toBe(1)
    expect(await left('idempotency_keys')).toBe(1)
  })

  it('D13: a message that gets another delivery while it is being purged stays whole, and one that is gone gets none', async () => {
    const messageId = await insert('succeeded')
    const missing = (id: string) => ({
      ...{ deliveryId: newId(), messageId: id, subscription: 'test.later', position: 1, maxAttempts: 1 },
      ...{ skipReason: null, parkedReason: null, orderingKey: null, lease: null },
    })
    const [added, waited] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const replay = storage.unitOfWork.run(async (tx) => {
      expect(await addDeliveries(tx, [missing(messageId)])).toBe(1)
      added.resolve()
      await waited.promise
    })
    await added.promise
    const purged = sum(storage.history.purge(RETENTION))
    const waiting = async () =>
      (await storage.pool.query(`SELECT 1 FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()`)).rows.length
    await expect.poll(waiting).toBeGreaterThan(0)
    waited.resolve()
    await replay
    expect([await purged, await left('messages')]).toEqual([0, 1])
    expect(await storage.unitOfWork.run((tx) => addDeliveries(tx, [missing(newId())]))).toBe(0)
  })

  it('D13: what an operator restores while it is being purged stays whole', async () => {
    const id = await insert('discarded')
    const restoring = await storage.pool.connect()
    await restoring.query('BEGIN')
    await restoring.query(
      `UPDATE deliveries SET state = 'dead', reason = NULL, revision = revision + 1 WHERE id = $1`,
      [id],
    )
    const purged = sum(storage.history.purge(RETENTION))
    await expect
      .poll(async () => (await storage.pool.query(`SELECT FROM pg_locks WHERE NOT granted`)).rowCount)
      .toBeGreaterThan(0)
    await restoring.query('COMMIT')
    restoring.release()

    expect(await purged).toBe(0)
    expect(await left('messages')).toBe(1)
    const { rows } = await storage.pool.query<{ state: string }>('SELECT state FROM deliveries WHERE id = $1', [id])
    expect(rows).toEqual([{ state: 'dead' }])
  })

  it('D13: removes batch after batch, and passes over what has to stay', async () => {
    await storage.pool.query(`
      WITH m AS (
        INSERT INTO messages (id, kind, name, version, body, conversation_id, occurred_at)
        SELECT gen_random_uuid(), 'event', 'test.happened', 1, '{}', gen_random_uuid(),
               now() - interval '40 days' + make_interval(secs => n)
        FROM generate_series(1, 1300) AS n RETURNING id, occurred_at
      )
      INSERT INTO deliveries (id, message_id, subscription, position, state, max_attempts, due_at, settled_at,
                              fingerprint)
      SELECT gen_random_uuid(), id, 'test.react', 0,
             CASE WHEN row_number() OVER (ORDER BY occurred_at) % 100 = 0 THEN 'dead' ELSE 'succeeded' END,
             3, occurred_at, occurred_at, 'a group' FROM m`)
    expect(await sum(storage.history.purge(RETENTION))).toBe(1_287)
    expect(await left('messages')).toBe(13)
    expect(await sum(storage.history.purge(RETENTION))).toBe(0)
  })
})
