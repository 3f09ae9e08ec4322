/** Dead deliveries that fail in the same way: what an operator decides about. */
import type { RecordedError } from '../../bus/message.ts'
import type { FailureFacts } from './failure-status.ts'

export interface DeadLetterFilter {
  subscription: string | null
  /** Part of the error's first line. */
  text: string | null
}

/** By what kinds of failure are put together. */
export const GROUPINGS = ['failure', 'handler', 'type', 'error'] as const
export type Grouping = (typeof GROUPINGS)[number]

export interface DeadLetterGroup extends FailureFacts {
  fingerprint: string
  subscription: string
  /** Type of the newest message. */
  messageName: string
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

/** Kinds of failure that have their handler, message type or error class in common. */
export interface DeadLetterSection {
  title: string
  /** Deliveries that are dead, of all its groups. */
  count: number
  /** Those that are shown; there may be more. */
  groups: DeadLetterGroup[]
  fingerprints: string[]
}

export interface DeadLetterGroups {
  /** Put together by what was asked for, those with most dead first; one without a title where each stands for itself. */
  sections: DeadLetterSection[]
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
  /** Business keys of its messages, and how many people they are about: of the newest thousand. */
  affected: { keys: string[]; people: number; isMore: boolean }
  rows: DeadLetter[]
  next: { settledAt: string; deliveryId: string } | null
}
