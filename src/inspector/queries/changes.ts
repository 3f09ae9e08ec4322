/**
 * Reading what changed, each change exactly once. A sequence value is given before commit, so that reading past it
 * can miss a late row. Here a cursor is a PostgreSQL snapshot instead (`xmin:xmax:open transactions`): what is not
 * visible in it and visible now is news, in whatever order transactions began, however long one stays open.
 */
import type { Pool } from 'pg'
import type { Cursor } from '../model/feed-protocol.ts'
import type { DeliveryView, MessageRow } from '../model/view.ts'
import {
  DELIVERY_COLUMNS,
  type DeliveryRecord,
  MESSAGE_COLUMNS,
  type MessageRecord,
  toDeliveryView,
  toMessageRows,
} from './rows.ts'

export interface ChangesPage {
  messages: MessageRow[]
  deliveries: DeliveryView[]
  /** Where to go on reading. */
  cursor: Cursor
  /** Whether that was all there is now. */
  complete: boolean
}

/** The cursor of this moment. Take it before a snapshot is read: what changes meanwhile is read again. */
export async function findNow(pool: Pool): Promise<Cursor> {
  const { rows } = await pool.query<{ now: string }>('SELECT pg_current_snapshot()::text AS now')
  return rows[0]!.now
}

/** Whether everything since the cursor is still there to be read. */
export async function isRemembered(pool: Pool, since: Cursor): Promise<boolean> {
  const { rows } = await pool.query<{ kept: boolean }>(
    'SELECT tx <= pg_snapshot_xmin($1::pg_snapshot)::text::bigint AS kept FROM changes_floor',
    [since],
  )
  return rows[0]?.kept ?? true
}

/** Messages that came since the cursor. */
export async function countNewSince(pool: Pool, since: Cursor): Promise<number> {
  const { rows } = await pool.query<{ count: number }>({ ...COUNTED, values: [since] })
  return rows[0]?.count ?? 0
}

const COUNTED = {
  name: 'count-new-messages',
  text: `
    SELECT coalesce(sum(cardinality(message_ids)), 0)::int AS count FROM changes
    WHERE tx >= pg_snapshot_xmin($1::pg_snapshot)::text::bigint
      AND NOT pg_visible_in_snapshot(tx::text::xid8, $1::pg_snapshot)`,
}

interface ChangeRecord {
  now: string
  /** Null in the only row when there is no news. */
  tx: string | null
  message_ids: string[]
  delivery_ids: string[]
  is_more: boolean
}

/** The running total ends a page with the transaction that fills it; none is cut in two. */
const CHANGED = {
  name: 'find-changes',
  text: `
    WITH news AS (
      SELECT tx, message_ids, delivery_ids, cardinality(message_ids) + cardinality(delivery_ids) AS size
      FROM changes
      WHERE tx >= pg_snapshot_xmin($1::pg_snapshot)::text::bigint
        AND NOT pg_visible_in_snapshot(tx::text::xid8, $1::pg_snapshot)
      ORDER BY tx FETCH FIRST ($2::int + 1) ROWS WITH TIES
    ), counted AS (
      SELECT *, sum(size) OVER (ORDER BY tx) - sum(size) OVER (PARTITION BY tx) AS before FROM news
    )
    SELECT pg_current_snapshot()::text AS now, page.tx::text, page.message_ids, page.delivery_ids,
           (SELECT coalesce(bool_or(before >= $2::int), false) OR count(*) > $2::int FROM counted) AS is_more
    FROM (VALUES (1)) AS always LEFT JOIN counted AS page ON page.before < $2::int
    ORDER BY page.tx`,
}

/** Of two columns of one name the latter counts: the message's own are there without a delivery, too. */
const CHANGED_COLUMNS = `${DELIVERY_COLUMNS}, ${MESSAGE_COLUMNS}`

/** New messages with all their deliveries. */
const NEW_ROWS = {
  name: 'find-new-rows',
  text: `
    SELECT ${CHANGED_COLUMNS} FROM messages AS m LEFT JOIN deliveries AS d ON d.message_id = m.id
    WHERE m.id = ANY($1::uuid[]) AND ($2::uuid IS NULL OR m.conversation_id = $2)`,
}

/** Deliveries of older messages. */
const CHANGED_ROWS = {
  name: 'find-changed-rows',
  text: `
    SELECT ${CHANGED_COLUMNS} FROM deliveries AS d JOIN messages AS m ON m.id = d.message_id
    WHERE d.id = ANY($1::uuid[]) AND ($2::uuid IS NULL OR m.conversation_id = $2)`,
}

type ChangedRecord = MessageRecord & (DeliveryRecord | Record<keyof DeliveryRecord, null>)

export interface Noted {
  messageIds: string[]
  deliveryIds: string[]
  cursor: Cursor
  /** The last transaction of a page that others follow, or null. */
  cutAfter: string | null
}

/** What was noted since the cursor: about `limit` ids at most, and whole transactions. */
export async function findNotedSince(connection: Pick<Pool, 'query'>, since: Cursor, limit: number): Promise<Noted> {
  const { rows } = await connection.query<ChangeRecord>({ ...CHANGED, values: [since, limit] })
  const { now, is_more: isMore } = rows[0]!
  const changes = rows.filter((row) => row.tx !== null)
  const last = changes.at(-1)?.tx ?? null
  return {
    messageIds: [...new Set(changes.flatMap((each) => each.message_ids))],
    deliveryIds: [...new Set(changes.flatMap((each) => each.delivery_ids))],
    cursor: isMore ? upTo(since, now, BigInt(last!)) : now,
    cutAfter: isMore ? last : null,
  }
}

/** What was committed since the cursor, as it is now: about `limit` rows at most, and whole transactions. */
export async function findChangesSince(
  pool: Pool,
  since: Cursor,
  limit: number,
  conversationId: string | null = null,
): Promise<ChangesPage> {
  const { messageIds, deliveryIds, cursor, cutAfter } = await findNotedSince(pool, since, limit)
  const found = await readRows(pool, NEW_ROWS, messageIds, conversationId)
  // Most deliveries change soon after their message came: those have just been read with it.
  const read = new Set(found.map((row) => row.delivery_id))
  const others = deliveryIds.filter((id) => !read.has(id))
  const rows = [...found, ...(await readRows(pool, CHANGED_ROWS, others, conversationId))]
  const deliveries = rows.filter(hasDelivery).sort((a, b) => a.position - b.position)
  const isChanged = new Set(deliveryIds)
  const messages = new Map(found.map((row) => [row.message_id, row]))
  return {
    messages: toMessageRows([...messages.values()].sort(byId), deliveries),
    deliveries: deliveries.filter((row) => isChanged.has(row.delivery_id)).map(toDeliveryView),
    cursor,
    complete: cutAfter === null,
  }
}

async function readRows(
  pool: Pool,
  statement: { name: string; text: string },
  ids: readonly string[],
  conversationId: string | null,
): Promise<ChangedRecord[]> {
  if (ids.length === 0) return []
  return (await pool.query<ChangedRecord>({ ...statement, values: [ids, conversationId] })).rows
}

/** Ids grow with time. */
function byId(a: MessageRecord, b: MessageRecord): number {
  return a.message_id < b.message_id ? -1 : 1
}

function hasDelivery(row: ChangedRecord): row is MessageRecord & DeliveryRecord {
  return row.delivery_id !== null
}

/**
 * The snapshot in which everything is visible that was so at `since`, and of the news at `now` what transactions up
 * to `last` wrote.
 */
function upTo(since: Cursor, now: Cursor, last: bigint): Cursor {
  const old = parse(since)
  const current = parse(now)
  const xmax = last + 1n > old.xmax ? last + 1n : old.xmax
  const open = new Set<bigint>()
  for (const tx of current.open) if (tx < xmax) open.add(tx)
  // Ended meanwhile, but above the page: still news.
  for (const tx of old.open) if (tx > last) open.add(tx)
  const sorted = [...open].sort((a, b) => (a < b ? -1 : 1))
  return `${sorted[0] ?? xmax}:${xmax}:${sorted.join(',')}`
}

function parse(cursor: Cursor): { xmax: bigint; open: bigint[] } {
  const [, xmax = '0', open = ''] = cursor.split(':')
  return { xmax: BigInt(xmax), open: open === '' ? [] : open.split(',').map(BigInt) }
}
