import { type DeliveryStore, handle, type Subscription } from '../../bus/index.ts'
import { noteCancelled } from '../discards.ts'
import { CancelMessage, MessageCancelled, MessageRescheduled, RescheduleMessage } from '../messages.ts'

/** What operators do to messages that are due later. The reply says what really happened. */
export function schedulingHandlers(deliveries: DeliveryStore): Subscription[] {
  return [
    handle(CancelMessage, {}, async function cancelMessage({ messageId, actorId, reason }, { tx, publish }) {
      const outcome = await deliveries.cancel(tx, messageId, reason)
      if (outcome === 'done') {
        await noteCancelled(tx, { messageId, actorId, reason })
        publish(MessageCancelled, { messageId, actorId, reason })
      }
      return { outcome }
    }),
    handle(RescheduleMessage, {}, async function rescheduleMessage({ messageId, actorId, at }, { tx, publish }) {
      const outcome = await deliveries.reschedule(tx, messageId, new Date(at))
      if (outcome === 'done') publish(MessageRescheduled, { messageId, actorId, at })
      return { outcome }
    }),
  ]
}
