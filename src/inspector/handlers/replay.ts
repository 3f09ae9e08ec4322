import { type Envelope, handle, type PlannedDelivery, type Subscription } from '../../bus/index.ts'
import { addDeliveries, FIRST_ID, findPart } from '../operations/replay.ts'
import { ContinueReplay, MessagesReplayed, Replay } from '../replay-messages.ts'

interface Parts {
  /** Name of the message a subscription is for; undefined where there is no such subscription. */
  messageOf(subscription: string): string | undefined
  planReplay(envelope: Envelope, subscription: string): Promise<PlannedDelivery>
}

/** Part after part, each in a transaction of its own that sends for the next. */
export function replayHandlers({ messageOf, planReplay }: Parts): Subscription[] {
  return [
    handle(Replay, {}, async function replay(range, { send }) {
      if (!messageOf(range.subscription)) return { outcome: 'unknown' as const }
      // The range includes its beginning: nothing has a lower id.
      send(ContinueReplay, { ...range, after: { occurredAt: range.from, messageId: FIRST_ID }, replayed: 0 })
      return { outcome: 'started' as const }
    }),
    handle(ContinueReplay, {}, async function continueReplay({ after, replayed: before, ...range }, context) {
      const { subscription, to } = range
      const name = messageOf(subscription)
      if (!name) return { replayed: before }
      const { missing, next } = await findPart(context.tx, { after, to, name, subscription })
      const planned = await Promise.all(
        missing.map(async (each) => ({ ...(await planReplay(each, subscription)), messageId: each.messageId })),
      )
      const replayed = before + (await addDeliveries(context.tx, planned))
      if (next) context.send(ContinueReplay, { ...range, after: next, replayed })
      else context.publish(MessagesReplayed, { ...range, replayed })
      return { replayed }
    }),
  ]
}
