import type { Pool } from 'pg'
import type { History, UnitOfWork } from '../bus/index.ts'
import { LOWEST_ID } from './claim-floors.ts'
import { purgeProcesses } from './process-history.ts'
import { groupsOf, type RetentionGroup } from './retention-groups.ts'

const BATCH_MESSAGES = 500
const BATCH_NOTES = 5_000

/**
 * Looks at the next messages by age, from the last one looked at, and removes those that are wholly settled. The
 * deliveries are asked for their state once more while they are removed: an operator may restore one meanwhile. So a
 * replay may have added one, which is seen only afterwards.
 */
const PURGE = `
  WITH oldest AS MATERIALIZED (
    SELECT id, name, occurred_at FROM messages
    WHERE (occurred_at, id) > ($1::timestamptz, $2::uuid) AND occurred_at < now() - make_interval(days => $3)
    ORDER BY occurred_at, id LIMIT ${BATCH_MESSAGES}
  ), settled AS MATERIALIZED (
    SELECT id FROM oldest
    WHERE (name = ANY ($4::text[])) = $5 AND NOT EXISTS (
      SELECT FROM deliveries AS d
      WHERE d.message_id = oldest.id AND (d.state NOT IN ('succeeded', 'skipped', 'discarded')
                                          OR d.settled_at >= now() - make_interval(days => $3)))
  ), planned AS (
    SELECT d.id FROM deliveries AS d WHERE d.message_id = ANY (ARRAY(SELECT id FROM settled))
  ), removed AS (
    DELETE FROM deliveries
    WHERE id = ANY (ARRAY(SELECT id FROM planned)) AND state IN ('succeeded', 'skipped', 'discarded')
    RETURNING id
  ), gone AS (
    DELETE FROM messages WHERE id = ANY (ARRAY(SELECT id FROM settled)) RETURNING id
  ), keys AS (
    DELETE FROM message_keys WHERE message_id = ANY (ARRAY(SELECT id FROM settled))
  ), failures AS (
    DELETE FROM counted_failures WHERE delivery_id = ANY (ARRAY(SELECT id FROM planned))
  )
  SELECT (SELECT count(*) FROM oldest)::int AS looked_at, (SELECT count(*) FROM gone)::int AS gone,
         (SELECT count(*) FROM planned)::int AS planned, (SELECT count(*) FROM removed)::int AS removed,
         ARRAY(SELECT id FROM gone) AS message_ids, last.occurred_at::text AS last_at, last.id AS last_id
  FROM (VALUES (1)) AS always
  LEFT JOIN (SELECT id, occurred_at FROM oldest ORDER BY occurred_at DESC, id DESC LIMIT 1) AS last ON true`

const FIND_ADDED = 'SELECT 1 FROM deliveries WHERE message_id = ANY ($1::uuid[]) LIMIT 1'

/**
 * Those whose transaction ended before anything that is open now began: nobody can still be about to read them. What
 * is not rolled up yet stays for a day, in case that counting is behind or has failed.
 */
const TIDY_CHANGES = `
  WITH counted AS MATERIALIZED (
    SELECT pg_snapshot_xmin(cursor::pg_snapshot)::text::bigint AS up_to FROM roll_up_cursor
  ), old AS MATERIALIZED (
    SELECT ctid, tx, at FROM changes
    WHERE tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    ORDER BY tx LIMIT ${BATCH_NOTES}
  ), gone AS (
    DELETE FROM changes
    WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM old
      WHERE at < now() - interval '10 minutes'
        AND (tx < (SELECT up_to FROM counted) OR at < now() - interval '1 day')
    )) RETURNING tx
  ), raised AS (
    -- In the same transaction: whoever was away since then is told to start afresh.
    UPDATE changes_floor SET tx = greatest(tx, (SELECT max(tx) + 1 FROM gone)) WHERE EXISTS (SELECT FROM gone)
  )
  SELECT count(*)::int AS gone FROM gone`

const TIDY_KEYS = `
  WITH over AS MATERIALIZED (
    SELECT ctid FROM idempotency_keys WHERE expires_at < now()
    ORDER BY expires_at LIMIT ${BATCH_NOTES} FOR UPDATE SKIP LOCKED
  ), gone AS (
    DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY(SELECT ctid FROM over)) RETURNING 1
  )
  SELECT count(*)::int AS gone FROM gone`

export function createHistory(pool: Pool, unitOfWork: UnitOfWork): History {
  return {
    purge: async function* (retention) {
      for (const group of groupsOf(retention)) yield* purgeGroup(unitOfWork, group)
    },
    purgeProcesses: (retention) => purgeProcesses(pool, retention),
    tidy: async function* () {
      for (const statement of [TIDY_CHANGES, TIDY_KEYS]) {
        let gone = BATCH_NOTES
        while (gone === BATCH_NOTES) {
          const { rows } = await pool.query<{ gone: number }>(statement)
          gone = rows[0]?.gone ?? 0
          if (gone > 0) yield gone
        }
      }
    },
  }
}

interface Batch {
  looked_at: number
  gone: number
  planned: number
  removed: number
  message_ids: string[]
  last_at: string | null
  last_id: string | null
}

async function* purgeGroup(unitOfWork: UnitOfWork, { days, names, areNamed }: RetentionGroup): AsyncIterable<number> {
  let [lastAt, lastId] = ['-infinity', LOWEST_ID]
  for (;;) {
    const batch = await removeBatch(unitOfWork, [lastAt, lastId, days, names, areNamed])
    // Something of the batch was restored meanwhile: what is left of it is removed another time.
    yield batch.isChanged ? 0 : batch.gone
    if (batch.looked_at < BATCH_MESSAGES) return
    lastAt = batch.last_at!
    lastId = batch.last_id!
  }
}

async function removeBatch(unitOfWork: UnitOfWork, values: unknown[]): Promise<Batch & { isChanged: boolean }> {
  let batch: Batch | undefined
  try {
    return await unitOfWork.run(async (tx) => {
      ;[batch] = await tx.query<Batch>(PURGE, values)
      if (batch!.planned !== batch!.removed) throw new ChangedMeanwhile()
      if ((await tx.query(FIND_ADDED, [batch!.message_ids])).length > 0) throw new ChangedMeanwhile()
      return { ...batch!, isChanged: false }
    })
  } catch (error) {
    if (batch && error instanceof ChangedMeanwhile) return { ...batch, isChanged: true }
    throw error
  }
}

class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile'
}
