import type { DeliveryState } from '../../bus/message.ts'
import type { DeliveryView, MessageRow } from '../model/view.ts'

export const DELIVERY_COLUMNS = `
  d.id AS delivery_id, d.message_id, m.conversation_id, d.subscription, d.position, d.state, d.attempt, d.max_attempts,
  d.due_at, d.started_at, d.settled_at, d.node, d.last_error, d.reason, d.parked_reason, d.revision`

export const MESSAGE_COLUMNS = `
  m.id AS message_id, m.kind, m.name, m.version, m.conversation_id, m.causation_id, m.causation_delivery_id, m.key,
  m.occurred_at`

export interface DeliveryRecord {
  delivery_id: string
  message_id: string
  conversation_id: string
  subscription: string
  position: number
  state: DeliveryState
  attempt: number
  max_attempts: number
  due_at: Date
  started_at: Date | null
  settled_at: Date | null
  node: string | null
  last_error: string | null
  reason: string | null
  parked_reason: string | null
  revision: number
}

export interface MessageRecord {
  message_id: string
  kind: 'command' | 'event'
  name: string
  version: number
  conversation_id: string
  causation_id: string | null
  causation_delivery_id: string | null
  key: string | null
  occurred_at: Date
}

export function toDeliveryView(row: DeliveryRecord): DeliveryView {
  return {
    deliveryId: row.delivery_id,
    messageId: row.message_id,
    conversationId: row.conversation_id,
    subscription: row.subscription,
    position: row.position,
    state: row.state,
    attempt: row.attempt,
    maxAttempts: row.max_attempts,
    dueAt: row.due_at.toISOString(),
    startedAt: startOf(row)?.toISOString() ?? null,
    settledAt: row.settled_at?.toISOString() ?? null,
    node: row.node,
    lastError: row.last_error,
    reason: row.reason,
    parkedReason: row.parked_reason,
    revision: row.revision,
  }
}

/** Written with the first renewal of its lease, or when it is settled: until then it began when it was due, or soon after. */
function startOf({ state, started_at, due_at }: DeliveryRecord): Date | null {
  return started_at ?? (state === 'running' ? due_at : null)
}

/** Puts messages and their deliveries together, keeping the order of both. */
export function toMessageRows(messages: readonly MessageRecord[], deliveries: readonly DeliveryRecord[]): MessageRow[] {
  const byMessage = new Map<string, DeliveryView[]>(messages.map((each) => [each.message_id, []]))
  for (const delivery of deliveries) byMessage.get(delivery.message_id)?.push(toDeliveryView(delivery))
  return messages.map((row) => ({
    messageId: row.message_id,
    kind: row.kind,
    name: row.name,
    version: row.version,
    conversationId: row.conversation_id,
    causationId: row.causation_id,
    causationDeliveryId: row.causation_delivery_id,
    key: row.key,
    occurredAt: row.occurred_at.toISOString(),
    deliveries: byMessage.get(row.message_id) ?? [],
  }))
}
