import type { Pool } from 'pg'
import { type PackedFailure, packTimeline } from '../model/timeline/packed.ts'
import { MOST_MESSAGES } from '../model/timeline/timeline.ts'

/** Errors can be long, and a row shows one line. */
const ERROR_LENGTH = 200

interface TimelineRecord {
  at: string
  cursor: string
  count: number
  messages: string | null
  deliveries: string | null
  failures: string | null
}

const ms = (column: string) => `(extract(epoch FROM ${column}) * 1000)::bigint`

/** The whole of it in one statement, hence at one moment, written as JSON where it lies. */
const TIMELINE = {
  name: 'find-timeline',
  text: `
    WITH m AS MATERIALIZED (
      SELECT row_number() OVER (ORDER BY occurred_at, id) - 1 AS index, id, kind, name, version, occurred_at, causation_id,
             causation_delivery_id
      FROM messages WHERE conversation_id = $1 ORDER BY occurred_at, id LIMIT $2::int
    ), d AS MATERIALIZED (
      SELECT m.index, d.id, d.subscription, d.position, d.state, d.attempt, d.max_attempts, d.due_at, d.started_at,
             d.settled_at, left(d.last_error, ${ERROR_LENGTH}) AS last_error, d.reason, d.parked_reason, d.revision
      FROM m JOIN deliveries AS d ON d.message_id = m.id
    )
    SELECT ${ms('clock_timestamp()')}::text AS at, pg_current_snapshot()::text AS cursor,
      (SELECT count(*)::int FROM (SELECT FROM messages WHERE conversation_id = $1 LIMIT $2::int + 1) AS all_of_it) AS count,
      (SELECT json_agg(json_build_array(id, kind, name, version, ${ms('occurred_at')}, causation_id,
                                        causation_delivery_id) ORDER BY index)::text FROM m) AS messages,
      (SELECT json_agg(json_build_array(index, id, subscription, position, state, attempt, max_attempts, ${ms('due_at')},
                                        ${ms('started_at')}, ${ms('settled_at')}, last_error, reason, parked_reason,
                                        revision) ORDER BY index, position)::text FROM d) AS deliveries,
      (SELECT json_agg(json_build_array(f.delivery_id, f.number, ${ms('f.started_at')}, ${ms('f.finished_at')})
                       ORDER BY f.delivery_id, f.number)::text
       FROM failed_attempts AS f WHERE f.delivery_id IN (SELECT id FROM d WHERE attempt > 1 OR state IN ('retrying', 'dead', 'discarded'))) AS failures`,
}

/** A conversation of any size, packed, without bodies; null when there is none. */
export async function findTimeline(pool: Pool, conversationId: string): Promise<string | null> {
  const { rows } = await pool.query<TimelineRecord>({ ...TIMELINE, values: [conversationId, MOST_MESSAGES] })
  const { at, cursor, count, messages, deliveries, failures } = rows[0]!
  if (messages === null) return null
  return packTimeline({
    conversationId,
    cursor,
    at: Number(at),
    isTruncated: count > MOST_MESSAGES,
    messages,
    deliveries: deliveries ?? '[]',
    failures: failures ?? '[]',
  })
}

const FAILURES = `
  SELECT json_build_array(delivery_id, number, ${ms('started_at')}, ${ms('finished_at')}) AS packed
  FROM failed_attempts WHERE delivery_id = ANY($1::uuid[]) ORDER BY delivery_id, number`

/** The feed tells that a delivery has failed, and not when: that is asked for. */
export async function findFailures(pool: Pool, deliveryIds: readonly string[]): Promise<PackedFailure[]> {
  const { rows } = await pool.query<{ packed: PackedFailure }>(FAILURES, [deliveryIds])
  return rows.map((row) => row.packed)
}
