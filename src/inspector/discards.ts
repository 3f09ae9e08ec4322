/** Who discarded what died, or cancelled what was due later: it is listed until it is restored, or removed for good. */
import type { Tx } from '../bus/index.ts'

interface Discard {
  deliveryId: string
  actorId: string
  /** The message that took its place. */
  replacedBy?: string
}

export async function noteDiscard(tx: Tx, { deliveryId, actorId, replacedBy }: Discard): Promise<void> {
  await tx.query(
    `INSERT INTO discards (delivery_id, actor_id, replaced_by) VALUES ($1, $2, $3)
     ON CONFLICT (delivery_id) DO UPDATE
       SET at = excluded.at, actor_id = excluded.actor_id, operation_id = NULL, replaced_by = excluded.replaced_by`,
    [deliveryId, actorId, replacedBy ?? null],
  )
}

/** What of a message was just cancelled, before any handler had tried it. */
export async function noteCancelled(tx: Tx, of: { messageId: string; actorId: string; reason: string }): Promise<void> {
  await tx.query(
    `INSERT INTO discards (delivery_id, actor_id)
     SELECT id, $2 FROM deliveries WHERE message_id = $1 AND state = 'discarded' AND reason = $3
     ON CONFLICT (delivery_id) DO NOTHING`,
    [of.messageId, of.actorId, of.reason],
  )
}

export async function forgetDiscard(tx: Tx, deliveryId: string): Promise<void> {
  await tx.query('DELETE FROM discards WHERE delivery_id = $1', [deliveryId])
}
