import type { Intervention, Tx } from '../bus/index.ts'

/** dead → retrying, due at once, with `attempts` more attempts. */
export function reviveDelivery(tx: Tx, deliveryId: string, attempts: number): Promise<Intervention> {
  const change = `UPDATE deliveries
    SET state = 'retrying', settled_at = NULL, revision = revision + 1, due_at = date_trunc('milliseconds', now()), max_attempts = attempt + $2
    WHERE id = $1 AND state = 'dead' RETURNING id`
  return intervene(tx, change, deliveryId, attempts)
}

/** dead → discarded. */
export function discardDelivery(tx: Tx, deliveryId: string, reason: string): Promise<Intervention> {
  const change = `UPDATE deliveries SET state = 'discarded', settled_at = now(), reason = $2, revision = revision + 1
    WHERE id = $1 AND state = 'dead' RETURNING id`
  return intervene(tx, change, deliveryId, reason)
}

/**
 * A message stands in its place: it must not come back. The same must hold where many are restored: see WAS_REPLACED in
 * src/inspector/operations/take.ts.
 */
const WAS_REPLACED = `
  SELECT 1 FROM messages AS original
  JOIN messages AS edited ON edited.conversation_id = original.conversation_id
    AND edited.causation_delivery_id = deliveries.id AND edited.retried_from = original.id
  WHERE original.id = deliveries.message_id`

/** discarded → dead, or pending again when it was never tried: then it is due at the time it had. */
export function restoreDelivery(tx: Tx, deliveryId: string): Promise<Intervention> {
  const change = `UPDATE deliveries
    SET state = CASE WHEN attempt = 0 THEN 'pending' ELSE 'dead' END,
        settled_at = CASE WHEN attempt = 0 THEN NULL ELSE now() END, reason = NULL, revision = revision + 1,
        -- What was cancelled between two attempts had not died before: it is grouped by handler and text.
        fingerprint = coalesce(fingerprint, substr(md5(subscription || ' ' || coalesce(last_error, '')), 1, 16))
    WHERE id = $1 AND state = 'discarded' AND NOT EXISTS (${WAS_REPLACED}) RETURNING id`
  return intervene(tx, change, deliveryId)
}

export async function findSubscription(tx: Tx, deliveryId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ subscription: string }>('SELECT subscription FROM deliveries WHERE id = $1', [
    deliveryId,
  ])
  return row?.subscription
}

async function intervene(tx: Tx, change: string, deliveryId: string, ...values: unknown[]): Promise<Intervention> {
  const changed = await tx.query(change, [deliveryId, ...values])
  if (changed.length > 0) {
    // A revived delivery is due, and a discarded one lets the rest of its key go on.
    tx.bringsWork()
    return 'done'
  }
  return (await findSubscription(tx, deliveryId)) === undefined ? 'unknown' : 'wrong-state'
}
