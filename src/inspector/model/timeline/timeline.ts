/**
 * A whole conversation as its views draw it: times are milliseconds since 1970, bodies are left out, and each array is
 * replaced, never changed, so that what is derived from it can be kept until it is.
 */
import type { DeliveryState } from '../../../bus/message.ts'

/** Of one conversation so many messages are read, the first ones. */
export const MOST_MESSAGES = 20_000

/** An attempt that went wrong. */
export interface Failure {
  number: number
  startedAt: number
  finishedAt: number
}

export interface TimelineDelivery {
  id: string
  messageId: string
  subscription: string
  position: number
  state: DeliveryState
  attempt: number
  maxAttempts: number
  dueAt: number
  startedAt: number | null
  settledAt: number | null
  lastError: string | null
  reason: string | null
  parkedReason: string | null
  revision: number
  /** In order of their number. */
  failures: readonly Failure[]
}

export interface TimelineMessage {
  id: string
  kind: 'command' | 'event'
  name: string
  version: number
  at: number
  causeId: string | null
  /** The delivery whose handler sent it. */
  causeDeliveryId: string | null
  /** In order of position. */
  deliveries: readonly TimelineDelivery[]
}

export interface Timeline {
  conversationId: string
  /** Oldest first. */
  messages: readonly TimelineMessage[]
}

/** Whether something of it may still happen by itself. */
export function isOpen(timeline: Timeline): boolean {
  return timeline.messages.some((each) => each.deliveries.some((one) => one.settledAt === null))
}

/** When it began and ended, as far as is known; what runs lasts until `now`. What waits to be due counts for nothing. */
export function boundsOf(timeline: Timeline, now: number): { start: number; end: number } {
  let start = Number.POSITIVE_INFINITY
  let end = Number.NEGATIVE_INFINITY
  for (const message of timeline.messages) {
    start = Math.min(start, message.at)
    end = Math.max(end, message.at)
    for (const each of message.deliveries) end = Math.max(end, endOf(each, now))
  }
  return Number.isFinite(start) ? { start, end: Math.max(end, start + 1) } : { start: now, end: now + 1 }
}

/** Until when a delivery lasts that is known of; of what was skipped, and of what waits to be due, that is in the past. */
export function endOf({ state, settledAt, startedAt, dueAt, failures }: TimelineDelivery, now: number): number {
  if (state === 'skipped') return Number.NEGATIVE_INFINITY
  if (settledAt !== null) return settledAt
  if (state === 'running') return now
  const lastFailure = failures.at(-1)?.finishedAt ?? startedAt ?? Number.NEGATIVE_INFINITY
  return dueAt <= now ? now : lastFailure
}
