import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'

/** Each message sets off three; handler 0 sent them. One delivery in ten failed once, one in five hundred is dead. */
const CONVERSATION = `
  WITH m AS (
    INSERT INTO messages (id, kind, name, version, body, conversation_id, causation_id, causation_delivery_id, occurred_at)
    SELECT md5($1 || i)::uuid, 'event', 'bench.happened-' || i % 7, 1, jsonb_build_object('text', repeat('x', 400)), $1::uuid,
           CASE WHEN i > 0 THEN md5($1 || (i - 1) / 3)::uuid END,
           CASE WHEN i > 0 THEN md5($1 || 'd' || (i - 1) / 3 || '-0')::uuid END,
           now() + make_interval(secs => i / 100.0)
    FROM generate_series(0, $2::int - 1) AS i
    RETURNING id, occurred_at
  ), d AS (
    INSERT INTO deliveries (id, message_id, subscription, position, state, attempt, max_attempts, due_at, started_at,
                            settled_at, node, last_error, fingerprint, revision)
    SELECT md5($1 || 'd' || i || '-' || p)::uuid, md5($1 || i)::uuid, 'bench.handler-' || p, p,
           CASE WHEN i % 500 = 7 AND p = 0 THEN 'dead' ELSE 'succeeded' END, 1 + ((i + p) % 10 = 3)::int, 6,
           at, at + make_interval(secs => 0.01 + 0.005 * p), at + make_interval(secs => 0.03 + 0.04 * (i % 5)), 'bench',
           CASE WHEN i % 500 = 7 AND p = 0 THEN 'Error: it was given up' END,
           CASE WHEN i % 500 = 7 AND p = 0 THEN 'bench' END, 2
    FROM generate_series(0, $2::int - 1) AS i, generate_series(0, $3::int - 1) AS p,
         LATERAL (SELECT now() + make_interval(secs => i / 100.0) AS at) AS sent
    WHERE EXISTS (SELECT FROM m)
    RETURNING id, attempt, started_at
  )
  INSERT INTO failed_attempts (delivery_id, number, outcome, started_at, finished_at, node, error)
  SELECT id, 1, 'failed', started_at - interval '8 ms', started_at - interval '2 ms', 'bench',
         '{"name": "Error", "message": "not yet", "code": null, "stack": null, "cause": null}'
  FROM d WHERE attempt > 1`

/** Writes a conversation of any size at once, as if it had happened; returns its id. */
export async function insertConversation(pool: Pool, messages: number, handlers: number): Promise<string> {
  const id = randomUUID()
  await pool.query(CONVERSATION, [id, messages, handlers])
  return id
}
