/**
 * How a timeline travels: rows without names, and every delivery after its message. PostgreSQL writes it, so that a
 * conversation of thousands of messages costs the server one query and no work of its own.
 */
import type { DeliveryState } from '../../../bus/message.ts'
import type { Cursor } from '../feed-protocol.ts'
import type { Failure, Timeline, TimelineDelivery, TimelineMessage } from './timeline.ts'

type PackedMessage = [
  id: string,
  kind: 'command' | 'event',
  name: string,
  version: number,
  at: number,
  causeId: string | null,
  causeDeliveryId: string | null,
]

type PackedDelivery = [
  /** Which of the messages it belongs to. */
  message: number,
  id: string,
  subscription: string,
  position: number,
  state: DeliveryState,
  attempt: number,
  maxAttempts: number,
  dueAt: number,
  startedAt: number | null,
  settledAt: number | null,
  lastError: string | null,
  reason: string | null,
  parkedReason: string | null,
  revision: number,
]

export type PackedFailure = [deliveryId: string, number: number, startedAt: number, finishedAt: number]

/** As JSON.parse finds it. */
interface Packed {
  conversationId: string
  cursor: Cursor
  at: number
  isTruncated: boolean
  messages: PackedMessage[]
  deliveries: PackedDelivery[]
  failures: PackedFailure[]
}

/** A timeline as it was at one moment. */
export interface TimelineSnapshot {
  timeline: Timeline
  /** Where the feed goes on from it. */
  cursor: Cursor
  /** The clock of the database at that moment. */
  at: number
  /** Whether there are more messages than it holds. */
  isTruncated: boolean
}

/** Unpacks what {@link packTimeline} made. */
export function unpackTimeline(json: string): TimelineSnapshot {
  const { conversationId, cursor, at, isTruncated, messages, deliveries, failures } = JSON.parse(json) as Packed
  const failuresOf = Map.groupBy(failures, ([deliveryId]) => deliveryId)
  const byMessage: TimelineDelivery[][] = messages.map(() => [])
  for (const row of deliveries) byMessage[row[0]]?.push(unpackDelivery(row, messages[row[0]]![0], failuresOf))
  const unpacked = messages.map(
    ([id, kind, name, version, sentAt, causeId, causeDeliveryId], index): TimelineMessage => ({
      id,
      kind,
      name,
      version,
      at: sentAt,
      causeId,
      causeDeliveryId,
      deliveries: byMessage[index]!,
    }),
  )
  return { timeline: { conversationId, messages: unpacked }, cursor, at, isTruncated }
}

const NONE: readonly Failure[] = []

function unpackDelivery(
  row: PackedDelivery,
  messageId: string,
  failuresOf: ReadonlyMap<string, PackedFailure[]>,
): TimelineDelivery {
  const [, id, subscription, position, state, attempt, maxAttempts, dueAt, startedAt, ...rest] = row
  const [settledAt, lastError, reason, parkedReason, revision] = rest
  return {
    id,
    messageId,
    subscription,
    position,
    state,
    attempt,
    maxAttempts,
    dueAt,
    // Written with the first renewal of its lease: until then it began when it was due, or soon after.
    startedAt: startedAt ?? (state === 'running' ? dueAt : null),
    settledAt,
    lastError,
    reason,
    parkedReason,
    revision,
    failures: failuresOf.get(id)?.map(toFailure) ?? NONE,
  }
}

export function toFailure([, number, startedAt, finishedAt]: PackedFailure): Failure {
  return { number, startedAt, finishedAt }
}

/** Puts together what PostgreSQL wrote as JSON. */
export function packTimeline(parts: {
  conversationId: string
  cursor: Cursor
  at: number
  isTruncated: boolean
  messages: string
  deliveries: string
  failures: string
}): string {
  const { conversationId, cursor, at, isTruncated, messages, deliveries, failures } = parts
  const head = JSON.stringify({ conversationId, cursor, at, isTruncated }).slice(0, -1)
  return `${head},"messages":${messages},"deliveries":${deliveries},"failures":${failures}}`
}
