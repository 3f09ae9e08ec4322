import type { Intervention, Tx } from '../bus/index.ts'

/** All deliveries of a message that nobody has tried yet: pending → discarded. */
export function cancelMessage(tx: Tx, messageId: string, reason: string): Promise<Intervention> {
  const change = `UPDATE deliveries
    SET state = 'discarded', settled_at = now(), reason = $2, parked_reason = NULL, revision = revision + 1
    WHERE message_id = $1 AND state = 'pending' RETURNING id`
  return changeUntried(tx, change, messageId, reason)
}

/** What has a time to live has as long after the new time. */
export function rescheduleMessage(tx: Tx, messageId: string, at: Date): Promise<Intervention> {
  const change = `UPDATE deliveries
    SET due_at = $2::timestamptz, expires_at = expires_at + ($2::timestamptz - due_at), revision = revision + 1
    WHERE message_id = $1 AND state = 'pending' RETURNING id`
  return changeUntried(tx, change, messageId, at)
}

async function changeUntried(tx: Tx, change: string, messageId: string, value: unknown): Promise<Intervention> {
  const changed = await tx.query(change, [messageId, value])
  if (changed.length > 0) {
    // It may be due earlier now, and where order is kept the rest of its key goes on without it.
    tx.bringsWork()
    return 'done'
  }
  const known = await tx.query('SELECT 1 FROM deliveries WHERE message_id = $1 LIMIT 1', [messageId])
  return known.length === 0 ? 'unknown' : 'wrong-state'
}
