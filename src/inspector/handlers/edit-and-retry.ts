import {
  BusError,
  type DeliveryStore,
  type Edit,
  type Envelope,
  handle,
  type Outbox,
  type PlannedMessage,
  type ReplyOf,
  type Subscription,
  type Tx,
} from '../../bus/index.ts'
import { noteDiscard } from '../discards.ts'
import { EditAndRetry, EditedAndRetried } from '../edit-messages.ts'

interface Parts {
  deliveries: DeliveryStore
  outbox: Pick<Outbox, 'add'>
  planEdited(edit: Edit): Promise<PlannedMessage>
}

type Reply = ReplyOf<typeof EditAndRetry>

interface Failed {
  state: string
  reason: string | null
  subscription: string
  envelope: Envelope
}

/** The new message, the end of the original and the link between them are one fact. */
export function editAndRetryHandler({ deliveries, outbox, planEdited }: Parts): Subscription {
  return handle(EditAndRetry, {}, async function editAndRetry({ deliveryId, actorId, json }, context): Promise<Reply> {
    const { tx, publish } = context
    const failed = await findFailed(tx, deliveryId)
    if (!failed) return { outcome: 'unknown' }
    const { state, reason, subscription, envelope } = failed
    if (state !== 'dead') return { outcome: 'resolved', state, reason }
    const planned = await plan(async () =>
      planEdited({ original: envelope, deliveryId, subscription, edited: parse(json) }),
    )
    if (!('envelope' in planned)) return { outcome: 'invalid', issues: planned.issues }
    const { messageId } = planned.envelope
    await deliveries.discard(tx, deliveryId, `edited and retried as ${messageId}`)
    await noteDiscard(tx, { deliveryId, actorId, replacedBy: messageId })
    await outbox.add(tx, [planned])
    await tx.query('UPDATE messages SET retried_from = $2 WHERE id = $1', [messageId, envelope.messageId])
    publish(EditedAndRetried, { deliveryId, actorId, newMessageId: messageId })
    return { outcome: 'retried', messageId }
  })
}

class NotJson extends Error {}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new NotJson('This is no JSON.', { cause })
  }
}

type Issues = Extract<Reply, { outcome: 'invalid' }>['issues']

/** What the handler's contract says against it is an answer, not a fault. */
async function plan(perform: () => Promise<PlannedMessage>): Promise<PlannedMessage | { issues: Issues }> {
  try {
    return await perform()
  } catch (error) {
    if (error instanceof NotJson) return { issues: [{ path: '', expected: error.message }] }
    if (!(error instanceof BusError)) throw error
    const { issues } = error.details
    return { issues: Array.isArray(issues) ? (issues as Issues) : [{ path: '', expected: error.message }] }
  }
}

interface FailedRecord extends Omit<Envelope, 'occurredAt' | 'dueAt' | 'expiresAt'> {
  state: string
  reason: string | null
  subscription: string
  occurredAt: Date
  dueAt: Date
  expiresAt: Date | null
}

/** Locked, so that of two edits at once the second sees what the first has done. */
const FIND = `
  SELECT d.state, d.reason, d.subscription, m.id AS "messageId", m.kind, m.name, m.version, m.body,
         m.conversation_id AS "conversationId", m.causation_id AS "causationId",
         m.causation_delivery_id AS "causationDeliveryId", m.subject_id AS "subjectId",
         m.idempotency_key AS "idempotencyKey", m.key, m.occurred_at AS "occurredAt", d.due_at AS "dueAt",
         m.expires_at AS "expiresAt"
  FROM deliveries AS d JOIN messages AS m ON m.id = d.message_id WHERE d.id = $1 FOR UPDATE OF d`

async function findFailed(tx: Tx, deliveryId: string): Promise<Failed | null> {
  const [row] = await tx.query<FailedRecord>(FIND, [deliveryId])
  if (!row) return null
  const { state, reason, subscription, ...envelope } = row
  return { state, reason, subscription, envelope }
}

/** Whether a message has taken its place: then it must not come back. */
export async function wasReplaced(tx: Tx, deliveryId: string): Promise<boolean> {
  const rows = await tx.query(
    `SELECT 1 FROM deliveries AS d
     JOIN messages AS original ON original.id = d.message_id
     JOIN messages AS edited ON edited.conversation_id = original.conversation_id
       AND edited.causation_delivery_id = d.id AND edited.retried_from = original.id
     WHERE d.id = $1 LIMIT 1`,
    [deliveryId],
  )
  return rows.length > 0
}
