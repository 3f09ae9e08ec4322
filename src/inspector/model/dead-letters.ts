/** Dead deliveries that fail in the same way: what an operator decides about. */
import type { RecordedError } from '../../bus/message.ts'

export interface DeadLetterFilter {
  subscription: string | null
  /** Part of the error's first line. */
  text: string | null
}

export interface DeadLetterGroup {
  fingerprint: string
  subscription: string
  /** At most {@link MAX_COUNTED}. */
  count: number
  firstSeenAt: string
  lastSeenAt: string
  errorName: string | null
  /** First line of the newest error. */
  lastError: string | null
}

/** More of one group than this are not counted: "at least". */
export const MAX_COUNTED = 10_000

export interface DeadLetterGroups {
  groups: DeadLetterGroup[]
  /** Where the next page begins, or null on the last one. */
  next: { lastSeenAt: string; fingerprint: string } | null
  /** Of all groups, whatever the filter. */
  total: number
}

export interface DeadLetter {
  deliveryId: string
  messageId: string
  messageName: string
  subscription: string
  attempt: number
  settledAt: string
  lastError: string | null
}

export interface DeadLetterGroupDetail extends DeadLetterGroup {
  error: RecordedError | null
  rows: DeadLetter[]
  next: { settledAt: string; deliveryId: string } | null
}
