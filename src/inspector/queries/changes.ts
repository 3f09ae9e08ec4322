/**
 * Reading what changed, in commit order or close enough to it never to lose anything. A sequence value is given
 * before commit, so that reading past it can miss a late row; here a cursor is a transaction horizon instead:
 * every transaction below it had ended when it was read. Whatever a row was last changed by at or above the horizon
 * is read again, and told apart by its revision.
 */
import type { Pool } from 'pg'
import type { Cursor } from '../model/feed-protocol.ts'
import type { DeliveryView, MessageRow } from '../model/view.ts'
import { withDeliveries } from './messages.ts'
import { DELIVERY_COLUMNS, type DeliveryRecord, MESSAGE_COLUMNS, type MessageRecord, toDeliveryView } from './rows.ts'

export interface ChangesPage {
  messages: MessageRow[]
  deliveries: DeliveryView[]
  /** Where to go on reading. */
  cursor: Cursor
  /** Whether that was all there is now. */
  complete: boolean
}

const HORIZON = `SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon`

/** The cursor of this moment. Take it before a snapshot is read: what changes meanwhile is read again. */
export async function findHorizon(pool: Pool): Promise<Cursor> {
  const { rows } = await pool.query<{ horizon: string }>(HORIZON)
  return rows[0]!.horizon
}

const CHANGED_MESSAGES = `
  SELECT ${MESSAGE_COLUMNS}, m.changed_tx::text FROM messages AS m
  WHERE m.changed_tx >= $1::bigint AND ($3::uuid IS NULL OR m.conversation_id = $3)
  -- WITH TIES: a page never ends inside a transaction, or its cursor could not tell where to go on.
  ORDER BY m.changed_tx FETCH FIRST $2 ROWS WITH TIES`

const CHANGED_DELIVERIES = `
  SELECT ${DELIVERY_COLUMNS}, d.changed_tx::text FROM deliveries AS d JOIN messages AS m ON m.id = d.message_id
  WHERE d.changed_tx >= $1::bigint AND ($3::uuid IS NULL OR m.conversation_id = $3)
  ORDER BY d.changed_tx FETCH FIRST $2 ROWS WITH TIES`

/** Everything that was changed by transactions since the cursor, at least; at most about `limit` rows of each kind. */
export async function findChangesSince(
  pool: Pool,
  since: Cursor,
  limit: number,
  conversationId: string | null = null,
): Promise<ChangesPage> {
  const horizon = await findHorizon(pool)
  const values = [since, limit, conversationId]
  const [messages, deliveries] = await Promise.all([
    pool.query<MessageRecord & { changed_tx: string }>(CHANGED_MESSAGES, values),
    pool.query<DeliveryRecord & { changed_tx: string }>(CHANGED_DELIVERIES, values),
  ])
  const cut = [messages.rows, deliveries.rows].flatMap((rows) =>
    rows.length >= limit ? [BigInt(rows.at(-1)!.changed_tx)] : [],
  )
  const next = cut.reduce((least, each) => (each < least ? each : least), BigInt(horizon))
  return {
    messages: await withDeliveries(pool, messages.rows),
    deliveries: deliveries.rows.map(toDeliveryView),
    // One past the last whole transaction of a page that was cut.
    cursor: cut.length > 0 && next < BigInt(horizon) ? String(next + 1n) : horizon,
    complete: cut.length === 0,
  }
}
