import type { Added, Outbox, PlannedMessage, Tx } from '../bus/index.ts'

const ADD = `
  WITH message AS (
    INSERT INTO messages (id, kind, name, version, body, conversation_id, causation_id, causation_delivery_id,
                          subject_id, idempotency_key, occurred_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    -- The same message id or idempotency key again: the first one stands.
    ON CONFLICT DO NOTHING
    RETURNING id
  ), fan_out AS (
    INSERT INTO deliveries (id, message_id, subscription, position, max_attempts, state, reason, settled_at, due_at)
    SELECT d.id, message.id, d.subscription, d.position, d.max_attempts,
           CASE WHEN d.reason IS NULL THEN 'pending' ELSE 'skipped' END, d.reason,
           CASE WHEN d.reason IS NULL THEN NULL ELSE now() END,
           -- Truncated, not rounded: a delivery must not be due half a millisecond after its commit.
           coalesce($12::timestamptz, date_trunc('milliseconds', now()))
    FROM message, unnest($13::uuid[], $14::text[], $15::int[], $16::int[], $17::text[])
      AS d (id, subscription, position, max_attempts, reason)
  )
  SELECT id FROM message`

const FIND_FIRST = `
  SELECT id, conversation_id FROM messages
  WHERE id = $1 OR (name = $2 AND idempotency_key = $3)
  ORDER BY id = $1 LIMIT 1`

/** Writes messages with one delivery per subscription, in one statement. */
export const postgresOutbox: Outbox = {
  add: async (tx, message) => {
    const { envelope } = message
    const { messageId, conversationId } = envelope
    const inserted = await tx.query<{ id: string }>(ADD, valuesOf(message))
    if (inserted.length > 0) return { messageId, conversationId, isNew: true }
    return findFirst(tx, message)
  },
}

async function findFirst(tx: Tx, { envelope }: PlannedMessage): Promise<Added> {
  const values = [envelope.messageId, envelope.name, envelope.idempotencyKey]
  const [first] = await tx.query<{ id: string; conversation_id: string }>(FIND_FIRST, values)
  if (!first) throw new Error(`Message ${envelope.messageId} was neither added nor found.`)
  return { messageId: first.id, conversationId: first.conversation_id, isNew: false }
}

function valuesOf({ envelope: e, deliveries }: PlannedMessage): unknown[] {
  return [
    e.messageId,
    e.kind,
    e.name,
    e.version,
    JSON.stringify(e.body),
    e.conversationId,
    e.causationId,
    e.causationDeliveryId,
    e.subjectId,
    e.idempotencyKey,
    e.occurredAt,
    e.dueAt > e.occurredAt ? e.dueAt : null,
    deliveries.map((each) => each.deliveryId),
    deliveries.map((each) => each.subscription),
    deliveries.map((each) => each.position),
    deliveries.map((each) => each.maxAttempts),
    deliveries.map((each) => each.skipReason),
  ]
}
