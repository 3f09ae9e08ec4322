import { type DeliveryStore, handle, type Subscription } from '../../bus/index.ts'
import { forgetDiscard, noteDiscard } from '../discards.ts'
import {
  DeliveryDiscarded,
  DeliveryRestored,
  DeliveryRetried,
  DeliveryUnparked,
  DiscardDelivery,
  RestoreDelivery,
  RetryDelivery,
  UnparkDelivery,
} from '../messages.ts'

/** What operators do to deliveries. The reply says what really happened; only what was done is told as an event. */
export function interventionHandlers(deliveries: DeliveryStore): Subscription[] {
  return [
    handle(RetryDelivery, {}, async function retryDelivery({ deliveryId, actorId }, { tx, publish }) {
      const outcome = await deliveries.revive(tx, deliveryId)
      if (outcome === 'done') publish(DeliveryRetried, { deliveryId, actorId })
      return { outcome }
    }),
    handle(DiscardDelivery, {}, async function discardDelivery({ deliveryId, actorId, reason }, { tx, publish }) {
      const outcome = await deliveries.discard(tx, deliveryId, reason)
      if (outcome === 'done') {
        await noteDiscard(tx, { deliveryId, actorId })
        publish(DeliveryDiscarded, { deliveryId, actorId, reason })
      }
      return { outcome }
    }),
    handle(RestoreDelivery, {}, async function restoreDelivery({ deliveryId, actorId }, { tx, publish }) {
      const outcome = await deliveries.restore(tx, deliveryId)
      if (outcome === 'done') {
        await forgetDiscard(tx, deliveryId)
        publish(DeliveryRestored, { deliveryId, actorId })
      }
      return { outcome }
    }),
    handle(UnparkDelivery, {}, async function unparkDelivery({ deliveryId, actorId }, { tx, publish }) {
      if ((await deliveries.unpark(tx, [deliveryId])) === 0) return { outcome: 'wrong-state' as const }
      publish(DeliveryUnparked, { deliveryId, actorId })
      return { outcome: 'done' as const }
    }),
  ]
}
