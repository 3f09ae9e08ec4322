/** Who discarded what died: it is listed until it is restored, or removed for good. */
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

export async function forgetDiscard(tx: Tx, deliveryId: string): Promise<void> {
  await tx.query('DELETE FROM discards WHERE delivery_id = $1', [deliveryId])
}
