/** What the inspector shows. Times are ISO strings; classified values are masked. */
import type { DeliveryState, RecordedError } from '../../bus/message.ts'
import type { Circumstances } from './explain/circumstances.ts'
import type { UsualShape } from './explain/usual-shape.ts'
import type { Metadata } from './payload/metadata.ts'
import type { PayloadView } from './payload/payload-view.ts'

export interface DeliveryView {
  deliveryId: string
  messageId: string
  conversationId: string
  subscription: string
  /** Order of registration when the message was published. */
  position: number
  state: DeliveryState
  attempt: number
  maxAttempts: number
  dueAt: string
  startedAt: string | null
  settledAt: string | null
  node: string | null
  lastError: string | null
  /** Why it was skipped or discarded. */
  reason: string | null
  /** Why no build that had it could read it; it is pending, and waits for one that can. */
  parkedReason: string | null
  /** Counts the changes of this delivery: of two views the one with more is newer. */
  revision: number
}

export interface MessageRow {
  messageId: string
  kind: 'command' | 'event'
  name: string
  version: number
  conversationId: string
  causationId: string | null
  causationDeliveryId: string | null
  /** Its business key, where it has one. */
  key: string | null
  occurredAt: string
  /** In order of position. */
  deliveries: DeliveryView[]
}

/** A place in the order of time: of two messages of one instant the one with the lower id is the older. */
export interface Place {
  occurredAt: string
  messageId: string
}

export interface AttemptView {
  number: number
  outcome: 'succeeded' | 'failed' | 'lease-lost'
  startedAt: string
  finishedAt: string
  node: string
  error: RecordedError | null
  nextDueAt: string | null
}

/** An attempt, and where it belongs. */
export interface PlacedAttempt {
  attempt: AttemptView
  messageId: string
  deliveryId: string
  subscription: string
}

export type FaultView =
  | { mode: 'fail-times'; remaining: number }
  | { mode: 'always' }
  | { mode: 'slow'; delayMs: number }

export interface LaneView extends DeliveryView, Circumstances {
  /** Null when this build has no such subscription. */
  handlerKind: 'transactional' | 'effectful' | null
  attempts: AttemptView[]
  /** What its handler sent. */
  emitted: EmittedView[]
  fault: FaultView | null
  /** Since when its handler has been failing without end. */
  outage: { since: string } | null
}

export interface EmittedView {
  messageId: string
  name: string
  kind: 'command' | 'event'
  /** Of all its deliveries the most urgent; null when nobody subscribed. */
  state: DeliveryState | null
}

export interface MessageDetail extends Omit<MessageRow, 'deliveries'> {
  /** What messages of its type say, in a sentence; null where this build does not know. */
  description: string | null
  /** The person it is about. */
  subjectId: string | null
  /** What of two equal requests makes one; null where it was sent without. */
  idempotencyKey: string | null
  /** When its deliveries were due at first; null where none of them remembers, as each was tried again. */
  dueAt: string | null
  payload: PayloadView
  metadata: Metadata
  deliveries: LaneView[]
  /** What messages of its type usually lead to; null while too few are known. */
  usual: UsualShape | null
  /** It is not handled after that; null where it never gets stale. */
  expiresAt: string | null
  /** The message in whose place an operator sent this one. */
  retriedFrom: string | null
  cause: { messageId: string; name: string; kind: 'command' | 'event'; subscription: string } | null
}

export interface ConversationView {
  conversationId: string
  messages: MessageRow[]
  /** Whether there are more messages than are shown. */
  truncated: boolean
}

/** The newest sign-up as anybody may see it: names and states only. */
export interface SampleView {
  /** When the account was created. */
  at: string
  messages: {
    kind: 'command' | 'event'
    name: string
    deliveries: { subscription: string; state: DeliveryState; emitted: string[] }[]
  }[]
}
