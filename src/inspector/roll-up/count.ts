import type { PoolClient } from 'pg'
import { LAST_STEP, STEPS_PER_DOUBLING } from '../model/histogram.ts'
import type { Noted } from '../queries/changes.ts'

/** Lengths of time that are counted, in seconds: the longer the range one looks at, the wider the one that is read. */
const SPANS = '60), (600), (3600'

/** The beginning of the span that a time lies in. */
function beginOf(time: string): string {
  return `to_timestamp(floor(extract(epoch FROM ${time}) / span.s) * span.s)`
}

/** See `model/histogram.ts`. */
const STEP = `
  CASE WHEN ms IS NULL THEN -1 WHEN ms < 1 THEN 0
       ELSE least(${LAST_STEP}, floor(ln(ms) / ln(2.0::float8) * ${STEPS_PER_DOUBLING} + 1e-9)::int + 1) END`

/**
 * A delivery is looked at with its last note only: $1 are those of which no later note is to come. Succeeded
 * and skipped are for good, so that each of these is met once. A failed attempt has a row of its own, and which of
 * them are counted is remembered. What was skipped when it was published (attempt 0) was noted with its message.
 */
const COUNT_ATTEMPTS = {
  name: 'count-attempts',
  text: `
    WITH seen AS MATERIALIZED (
      SELECT id, message_id, subscription, state, attempt, started_at, settled_at, fingerprint, node
      FROM deliveries WHERE id = ANY ($1::uuid[])
      UNION ALL
      SELECT id, message_id, subscription, state, attempt, started_at, settled_at, fingerprint, node
      FROM deliveries WHERE message_id = ANY ($2::uuid[]) AND state = 'skipped' AND attempt = 0
    ), failure AS MATERIALIZED (
      SELECT s.id, s.message_id, s.subscription, s.state, s.fingerprint, s.node, f.number, f.finished_at, f.next_due_at,
             (extract(epoch FROM f.finished_at - f.started_at) * 1000)::float8 AS ms,
             left(split_part(coalesce(f.error ->> 'message', ''), E'\\n', 1), 300) AS text
      FROM seen AS s
      LEFT JOIN counted_failures AS c ON c.delivery_id = s.id
      JOIN failed_attempts AS f ON f.delivery_id = s.id AND f.number > coalesce(c.attempts, 0)
      WHERE s.attempt > 1 OR s.state IN ('retrying', 'dead', 'discarded')
    ), remembered AS (
      INSERT INTO counted_failures (delivery_id, attempts)
      SELECT id, max(number) FROM failure WHERE state <> 'succeeded' GROUP BY id
      ON CONFLICT (delivery_id) DO UPDATE SET attempts = excluded.attempts
    ), forgotten AS (
      DELETE FROM counted_failures
      WHERE delivery_id = ANY (ARRAY(SELECT id FROM seen WHERE state = 'succeeded' AND attempt > 1))
    ), told AS (
      INSERT INTO error_texts AS known (subscription, shape, sample, count, first_at, last_at, delivery_id)
      SELECT subscription, shape, (array_agg(text ORDER BY finished_at DESC))[1], count(*), min(finished_at),
             max(finished_at), (array_agg(id ORDER BY finished_at DESC))[1]
      FROM (SELECT *, regexp_replace(
              regexp_replace(text, '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}', '#', 'g'),
              '[0-9]+', '#', 'g') AS shape
            FROM failure) AS shaped
      GROUP BY subscription, shape
      ON CONFLICT (subscription, shape) DO UPDATE
      SET count = known.count + excluded.count, first_at = least(known.first_at, excluded.first_at),
          last_at = greatest(known.last_at, excluded.last_at),
          sample = CASE WHEN excluded.last_at >= known.last_at THEN excluded.sample ELSE known.sample END,
          delivery_id = CASE WHEN excluded.last_at >= known.last_at THEN excluded.delivery_id ELSE known.delivery_id END
    ), died AS (
      SELECT failure.fingerprint, finished_at, nodes.version
      FROM failure LEFT JOIN nodes ON nodes.id = failure.node
      WHERE next_due_at IS NULL AND failure.fingerprint IS NOT NULL
    ), grouped AS (
      INSERT INTO failure_groups AS known (fingerprint, count, first_at, first_version, last_at)
      SELECT fingerprint, count(*), min(finished_at), (array_agg(version ORDER BY finished_at))[1], max(finished_at)
      FROM died GROUP BY fingerprint
      ON CONFLICT (fingerprint) DO UPDATE
      SET count = known.count + excluded.count, first_at = least(known.first_at, excluded.first_at),
          last_at = greatest(known.last_at, excluded.last_at),
          first_version =
            CASE WHEN excluded.first_at < known.first_at THEN excluded.first_version ELSE known.first_version END
    ), hourly AS (
      INSERT INTO failure_counts AS known (fingerprint, at, count)
      SELECT fingerprint, date_trunc('hour', finished_at), count(*) FROM died GROUP BY 1, 2
      ON CONFLICT (fingerprint, at) DO UPDATE SET count = known.count + excluded.count
    ), ended AS (
      SELECT message_id, subscription, state AS outcome, settled_at AS at,
             CASE WHEN state = 'succeeded' THEN (extract(epoch FROM settled_at - started_at) * 1000)::float8 END AS ms
      FROM seen WHERE state IN ('succeeded', 'skipped')
      UNION ALL
      SELECT message_id, subscription, CASE WHEN next_due_at IS NULL THEN 'given-up' ELSE 'failed' END, finished_at, ms
      FROM failure
    )
    INSERT INTO attempt_counts AS known
      (span_s, at, subscription, message, outcome, bucket, count, longest_ms, last_at)
    SELECT span.s, ${beginOf('ended.at')}, subscription, m.name, outcome, ${STEP}, count(*), max(coalesce(ms, 0)), max(at)
    FROM ended JOIN messages AS m ON m.id = ended.message_id CROSS JOIN (VALUES (${SPANS})) AS span (s)
    GROUP BY 1, 2, 3, 4, 5, 6
    ON CONFLICT (span_s, at, subscription, message, outcome, bucket) DO UPDATE
    SET count = known.count + excluded.count, longest_ms = greatest(known.longest_ms, excluded.longest_ms),
        last_at = greatest(known.last_at, excluded.last_at)`,
}

const COUNT_MESSAGES = {
  name: 'count-messages',
  text: `
    INSERT INTO message_counts AS known (span_s, at, name, version, sender, count)
    SELECT span.s, ${beginOf('m.occurred_at')}, m.name, m.version, coalesce(d.subscription, ''), count(*)
    FROM messages AS m LEFT JOIN deliveries AS d ON d.id = m.causation_delivery_id
    CROSS JOIN (VALUES (${SPANS})) AS span (s)
    WHERE m.id = ANY ($1::uuid[])
    GROUP BY 1, 2, 3, 4, 5
    ON CONFLICT (span_s, at, name, version, sender) DO UPDATE SET count = known.count + excluded.count`,
}

const KEEP_KEYS = {
  name: 'keep-keys',
  text: `
    INSERT INTO message_keys (key, occurred_at, message_id)
    SELECT key, occurred_at, id FROM messages WHERE id = ANY ($1::uuid[]) AND key IS NOT NULL
    ON CONFLICT DO NOTHING`,
}

/** Of the noted deliveries those that are noted again after the page. */
const NOTED_LATER = {
  name: 'find-noted-later',
  text: `
    SELECT DISTINCT later.id
    FROM changes CROSS JOIN LATERAL unnest(delivery_ids) AS later (id)
    WHERE tx > $1::bigint AND NOT pg_visible_in_snapshot(tx::text::xid8, $2::pg_snapshot)
      AND later.id = ANY ($3::uuid[])`,
}

/** Counts what was noted on a page. To be called in the transaction and the snapshot in which the page was read. */
export async function countNoted(connection: PoolClient, since: string, noted: Noted): Promise<void> {
  const { messageIds, deliveryIds } = noted
  if (messageIds.length > 0) {
    await connection.query({ ...COUNT_MESSAGES, values: [messageIds] })
    await connection.query({ ...KEEP_KEYS, values: [messageIds] })
  }
  const last =
    noted.cutAfter === null ? deliveryIds : await withLastNote(connection, since, noted.cutAfter, deliveryIds)
  if (messageIds.length + last.length > 0) await connection.query({ ...COUNT_ATTEMPTS, values: [last, messageIds] })
}

async function withLastNote(connection: PoolClient, since: string, cutAfter: string, deliveryIds: string[]) {
  const values = [cutAfter, since, deliveryIds]
  const { rows } = await connection.query<{ id: string }>({ ...NOTED_LATER, values })
  const later = new Set(rows.map((row) => row.id))
  return deliveryIds.filter((id) => !later.has(id))
}
