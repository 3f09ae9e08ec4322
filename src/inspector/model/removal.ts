import type { DeliveryState } from '../../bus/message.ts'
import type { MessageDetail } from './view.ts'

const DAY_MS = 86_400_000
/** What waits for nobody any more: the clean-up removes it with its message. What is dead waits for an operator. */
const OVER: readonly DeliveryState[] = ['succeeded', 'skipped', 'discarded']

interface Kept {
  occurredAt: string
  deliveries: readonly Pick<MessageDetail['deliveries'][number], 'state' | 'settledAt'>[]
  metadata: Pick<MessageDetail['metadata'], 'retentionDays'>
}

/** From when on the clean-up removes a message; null while it waits for deliveries that are not over. */
export function removedFrom({ occurredAt, deliveries, metadata: { retentionDays } }: Kept): string | null {
  if (deliveries.some((each) => !OVER.includes(each.state))) return null
  const ends = deliveries.flatMap(({ settledAt }) => (settledAt === null ? [] : [Date.parse(settledAt)]))
  return new Date(Math.max(Date.parse(occurredAt), ...ends) + retentionDays * DAY_MS).toISOString()
}

/** What keeps a message from being removed: `1 dead, 2 retrying`. */
export function keptBy(deliveries: Kept['deliveries']): string {
  return countsOf(deliveries.filter((each) => !OVER.includes(each.state)))
}

/** `3 succeeded, 1 dead`, in the order in which they are first there. */
export function countsOf(deliveries: Kept['deliveries']): string {
  return [...Map.groupBy(deliveries, (each) => each.state)]
    .map(([state, { length }]) => `${length} ${state}`)
    .join(', ')
}
