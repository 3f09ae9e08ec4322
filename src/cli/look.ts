import type { Pool } from 'pg'
import type { Application } from '../server/compose.ts'
import { type Answer, type Row, table } from './answer.ts'

/** The open ones only, which have indexes; history is estimated, not counted. */
const STATS = `
  SELECT CASE WHEN parked_reason IS NULL THEN state ELSE 'parked' END AS state, count(*)::int AS deliveries
  FROM deliveries WHERE state IN ('pending', 'running', 'retrying', 'dead') GROUP BY 1 ORDER BY 1`

const KEPT = `SELECT greatest(0, reltuples)::bigint::float8 AS messages FROM pg_class WHERE oid = 'messages'::regclass`

export async function stats({ storage }: Application): Promise<Answer> {
  const rows = await read<Row>(storage.pool, STATS)
  const [kept] = await read<{ messages: number }>(storage.pool, KEPT)
  const about = kept?.messages ?? 0
  const text = `${table(rows, 'Nothing is open.')}\n\nabout ${about.toLocaleString('en')} messages are kept`
  return { data: { open: rows, messagesAbout: about }, text, ok: true }
}

const MESSAGES = `
  SELECT m.id, m.kind, m.name, m.version, m.occurred_at AS "occurredAt",
         string_agg(d.subscription || ' ' || d.state, ', ' ORDER BY d.position) AS deliveries
  FROM (
    SELECT * FROM messages AS m
    WHERE ($1::text IS NULL OR m.name = $1)
      AND ($2::text IS NULL OR EXISTS (SELECT FROM deliveries AS d WHERE d.message_id = m.id AND d.state = $2))
    ORDER BY m.occurred_at DESC, m.id DESC LIMIT $3
  ) AS m
  LEFT JOIN deliveries AS d ON d.message_id = m.id
  GROUP BY m.id, m.kind, m.name, m.version, m.occurred_at
  ORDER BY m.occurred_at DESC, m.id DESC`

export async function messages(
  { storage }: Application,
  { type, state, limit }: { type: string | null; state: string | null; limit: number },
): Promise<Answer> {
  const rows = (await read<Row & { occurredAt: Date }>(storage.pool, MESSAGES, [type, state, limit])).map((row) => ({
    ...row,
    occurredAt: row.occurredAt.toISOString(),
  }))
  return { data: rows, text: table(rows, 'No such messages.'), ok: true }
}

const DEAD = `
  SELECT d.id AS "deliveryId", d.subscription, m.name AS message, d.attempt, d.settled_at AS "deadSince",
         d.last_error AS error
  FROM deliveries AS d JOIN messages AS m ON m.id = d.message_id
  WHERE d.state = 'dead' ORDER BY d.settled_at DESC LIMIT $1`

export async function deadLetters({ storage }: Application, limit: number): Promise<Answer> {
  const rows = (await read<Row & { deadSince: Date }>(storage.pool, DEAD, [limit])).map((row) => ({
    ...row,
    deadSince: row.deadSince.toISOString(),
  }))
  return { data: rows, text: table(rows, 'Nothing is dead.'), ok: true }
}

export async function nodes({ queries }: Application): Promise<Answer> {
  const found = await queries.nodes()
  const rows = found.map(({ host, pid, role, version, state, leads, inFlight, heartbeatAgeMs }) => ({
    ...{ host, pid, role, version, state },
    leads: leads ? 'leader' : '',
    inFlight,
    heard: `${(heartbeatAgeMs / 1_000).toFixed(1)} s ago`,
  }))
  return { data: found, text: table(rows, 'No node has been here within the last day.'), ok: true }
}

async function read<R extends object>(pool: Pool, text: string, values: unknown[] = []): Promise<R[]> {
  return (await pool.query<R>(text, values)).rows
}
