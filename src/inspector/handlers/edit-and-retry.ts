import {
  type DeliveryStore,
  type Edit,
  editAndRetry,
  handle,
  type Outbox,
  type PlannedMessage,
  type Subscription,
} from '../../bus/index.ts'
import { noteDiscard } from '../discards.ts'
import { EditAndRetry, EditedAndRetried } from '../edit-messages.ts'

interface Parts {
  deliveries: DeliveryStore
  outbox: Pick<Outbox, 'add'>
  planEdited(edit: Edit): Promise<PlannedMessage>
}

/** Who edited what is listed with what was put aside, and told. */
export function editAndRetryHandler(parts: Parts): Subscription {
  return handle(EditAndRetry, {}, async function replaceByEdited({ deliveryId, actorId, json }, { tx, publish }) {
    const edited = await editAndRetry(parts, tx, { deliveryId, json })
    if (edited.outcome === 'retried') {
      await noteDiscard(tx, { deliveryId, actorId, replacedBy: edited.messageId })
      publish(EditedAndRetried, { deliveryId, actorId, newMessageId: edited.messageId })
    }
    return edited
  })
}
