import type { Envelope, PlannedDelivery, Tx } from '../../bus/index.ts'

/** Messages that one part of a replay looks at, of whatever name: so that a part is short however few of them fit. */
const SCANNED = 1_000

/** How far a replay has come. */
export interface Place {
  occurredAt: string
  messageId: string
}

export const FIRST_ID = '00000000-0000-0000-0000-000000000000'

const SCAN = `
  SELECT m.id AS "messageId", m.kind, m.name, m.version, m.body, m.conversation_id AS "conversationId",
         m.causation_id AS "causationId", m.causation_delivery_id AS "causationDeliveryId", m.subject_id AS "subjectId",
         m.idempotency_key AS "idempotencyKey", m.key, m.occurred_at AS "occurredAt", m.occurred_at AS "dueAt",
         m.expires_at AS "expiresAt", scanned.count::int AS "scannedCount", scanned.last_at AS "lastAt",
         scanned.last_id AS "lastId"
  FROM (
    SELECT array_agg(id) AS ids, count(*), max(occurred_at) AS last_at, (array_agg(id ORDER BY occurred_at DESC, id DESC))[1] AS last_id
    FROM (
      SELECT id, occurred_at FROM messages
      WHERE (occurred_at, id) > ($1::timestamptz, $2::uuid) AND occurred_at < $3::timestamptz
      ORDER BY occurred_at, id LIMIT ${SCANNED}
    ) AS next
  ) AS scanned
  LEFT JOIN messages AS m ON m.id = ANY (scanned.ids) AND m.name = $4 AND (m.expires_at IS NULL OR m.expires_at > now())
    AND NOT EXISTS (SELECT 1 FROM deliveries AS d WHERE d.message_id = m.id AND d.subscription = $5)
  ORDER BY m.occurred_at, m.id`

interface ScanRecord extends Omit<Envelope, 'messageId'> {
  messageId: string | null
  scannedCount: number
  lastAt: Date | null
  lastId: string | null
}

export interface Part {
  /** Messages that the subscription has not had. */
  missing: Envelope[]
  /** Where the next part begins, or null after the last one. */
  next: Place | null
}

export async function findPart(
  tx: Tx,
  of: { after: Place; to: string; name: string; subscription: string },
): Promise<Part> {
  const values = [of.after.occurredAt, of.after.messageId, of.to, of.name, of.subscription]
  const rows = await tx.query<ScanRecord>(SCAN, values)
  const [first] = rows
  const isLast = !first?.lastAt || !first.lastId || first.scannedCount < SCANNED
  // Without a message the row tells only how far the scan has come.
  const missing = rows.flatMap((row) => (row.messageId === null ? [] : [{ ...row, messageId: row.messageId }]))
  return { missing, next: isLast ? null : { occurredAt: first.lastAt!.toISOString(), messageId: first.lastId! } }
}

/**
 * Of messages that are there still and stay until the transaction ends: no foreign key sees to it, and a delivery whose
 * message was removed would be claimed in vain for good. A delivery that comes without its message has to be noted for
 * the feed by hand.
 */
const ADD = `
  WITH kept AS MATERIALIZED (
    SELECT id FROM messages WHERE id = ANY ($2::uuid[]) FOR KEY SHARE
  ), added AS (
    INSERT INTO deliveries (id, message_id, subscription, position, max_attempts, state, reason, settled_at, due_at,
                            ordering_key, order_number)
    SELECT d.id, d.message_id, d.subscription, d.position, d.max_attempts,
           CASE WHEN d.reason IS NULL THEN 'pending' ELSE 'skipped' END, d.reason,
           CASE WHEN d.reason IS NULL THEN NULL ELSE now() END, date_trunc('milliseconds', now()),
           d.ordering_key, CASE WHEN d.ordering_key IS NULL THEN NULL ELSE nextval('delivery_order') END
    FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::int[], $6::text[], $7::text[])
      AS d (id, message_id, subscription, position, max_attempts, reason, ordering_key)
    JOIN kept ON kept.id = d.message_id
    ON CONFLICT (message_id, subscription) DO NOTHING
    RETURNING id
  ), noted AS (
    INSERT INTO changes (delivery_ids) SELECT array_agg(id) FROM added HAVING count(*) > 0
  )
  SELECT count(*)::int AS count FROM added`

export type Missing = PlannedDelivery & { messageId: string }

/** Returns how many there are now that were not there before. */
export async function addDeliveries(tx: Tx, planned: readonly Missing[]): Promise<number> {
  if (planned.length === 0) return 0
  tx.bringsWork()
  const [row] = await tx.query<{ count: number }>(ADD, [
    planned.map((each) => each.deliveryId),
    planned.map((each) => each.messageId),
    planned.map((each) => each.subscription),
    planned.map((each) => each.position),
    planned.map((each) => each.maxAttempts),
    planned.map((each) => each.skipReason),
    planned.map((each) => each.orderingKey),
  ])
  return row?.count ?? 0
}
