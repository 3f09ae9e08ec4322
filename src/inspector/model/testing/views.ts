/** Views to build tests from. */
import type { DeliveryView, MessageRow } from '../view.ts'

const AT = '2026-01-01T00:00:00.000Z'

export function aDelivery(messageId: string, deliveryId: string, changes: Partial<DeliveryView> = {}): DeliveryView {
  return {
    deliveryId,
    messageId,
    conversationId: 'c1',
    subscription: `test.${deliveryId}`,
    position: 0,
    state: 'pending',
    attempt: 0,
    maxAttempts: 6,
    dueAt: AT,
    startedAt: null,
    settledAt: null,
    node: null,
    lastError: null,
    reason: null,
    parkedReason: null,
    revision: 0,
    ...changes,
  }
}

export function aMessage(
  messageId: string,
  deliveries: DeliveryView[] = [],
  changes: Partial<MessageRow> = {},
): MessageRow {
  return {
    messageId,
    kind: 'event',
    name: 'test.happened',
    version: 1,
    conversationId: 'c1',
    causationId: null,
    causationDeliveryId: null,
    key: null,
    occurredAt: AT,
    deliveries,
    ...changes,
  }
}
