/** What died and was discarded, or was cancelled before its time: by whom, why, and for how long there is a way back. */

export interface DiscardedDelivery {
  deliveryId: string
  messageId: string
  messageName: string
  subscription: string
  lastError: string | null
  /** It was never tried: somebody cancelled it before its time, which it has again when it is restored. */
  isCancelled: boolean
  at: string
  /** Name of who discarded it; null where nobody kept it, or they are gone. */
  by: string | null
  reason: string | null
  /** The operation it was a part of. */
  operationId: string | null
  /** The message that took its place: it was edited and retried. */
  replacedBy: string | null
  /** When it is removed for good; null while something of its message is open, since then it is kept. */
  purgedAfter: string | null
}

export interface DiscardedPage {
  rows: DiscardedDelivery[]
  /** Where the next page begins, or null on the last one. */
  next: { at: string; deliveryId: string } | null
}

const DAY_MS = 86_400_000

interface Kept {
  occurredAt: Date
  /** Of the last of its deliveries. */
  settledAt: Date
  isOpen: boolean
}

/** A message goes with all of its deliveries, so many days after it was sent and the last of them was settled. */
export function purgedAfter({ occurredAt, settledAt, isOpen }: Kept, days: number): string | null {
  if (isOpen) return null
  return new Date(Math.max(occurredAt.getTime(), settledAt.getTime()) + days * DAY_MS).toISOString()
}

/** `in 29 days`, `in 3 hours`, `at any moment`. */
export function untilWords(ms: number): string {
  const hours = Math.floor(ms / 3_600_000)
  if (hours < 1) return 'at any moment'
  if (hours < 48) return hours === 1 ? 'in an hour' : `in ${hours} hours`
  return `in ${Math.floor(hours / 24)} days`
}
