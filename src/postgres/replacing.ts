import type { Envelope, HeldDelivery, Intervention, Tx } from '../bus/index.ts'
import { discardDelivery } from './interventions.ts'

type HeldRecord = Omit<HeldDelivery, 'envelope'> & Envelope

/** Locked, so that of two edits at once the second sees what the first has done. */
const HOLD = `
  SELECT d.state, d.reason, d.subscription, m.id AS "messageId", m.kind, m.name, m.version, m.body,
         m.conversation_id AS "conversationId", m.causation_id AS "causationId",
         m.causation_delivery_id AS "causationDeliveryId", m.subject_id AS "subjectId",
         m.idempotency_key AS "idempotencyKey", m.key, m.occurred_at AS "occurredAt", d.due_at AS "dueAt",
         m.expires_at AS "expiresAt"
  FROM deliveries AS d JOIN messages AS m ON m.id = d.message_id WHERE d.id = $1 FOR UPDATE OF d`

export async function holdDelivery(tx: Tx, deliveryId: string): Promise<HeldDelivery | null> {
  const [row] = await tx.query<HeldRecord>(HOLD, [deliveryId])
  if (!row) return null
  const { state, reason, subscription, ...envelope } = row
  return { state, reason, subscription, envelope }
}

const LINK = `
  UPDATE messages SET retried_from = (SELECT message_id FROM deliveries WHERE id = $1) WHERE id = $2`

export async function replaceDelivery(tx: Tx, deliveryId: string, messageId: string): Promise<Intervention> {
  const outcome = await discardDelivery(tx, deliveryId, `edited and retried as ${messageId}`)
  if (outcome === 'done') await tx.query(LINK, [deliveryId, messageId])
  return outcome
}
