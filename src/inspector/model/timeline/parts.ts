import type { DeliveryState } from '../../../bus/message.ts'
import type { TimelineDelivery, TimelineMessage } from './timeline.ts'

/** What a delivery did with a stretch of time. */
export type PartKind =
  /** Not due yet. */
  | 'scheduled'
  /** Due, and no handler had time for it. */
  | 'queued'
  | 'handling'
  /** Between a failure and the next attempt. */
  | 'back-off'

export interface Part {
  kind: PartKind
  from: number
  to: number
  /** How it stood then; for what was handled, how that ended. */
  state: DeliveryState
}

/** The app says when a message was sent, the database when it is due: so much later is no wish of anybody. */
const CLOCKS_DIFFER_MS = 50

/** The life of a delivery, stretch by stretch, without gaps, from its message to its settlement or to `now`. */
export function partsOf(message: Pick<TimelineMessage, 'at'>, delivery: TimelineDelivery, now: number): Part[] {
  if (delivery.state === 'skipped') return []
  const parts: Part[] = []
  let time = message.at
  const add = (kind: PartKind, to: number, state: DeliveryState) => {
    // A clock that runs behind: what ended before it began has no length.
    if (to > time) parts.push({ kind, from: time, to, state })
    time = Math.max(time, to)
  }
  const wait = (to: number) => {
    const isLater = delivery.dueAt - message.at >= CLOCKS_DIFFER_MS
    if (isLater && delivery.failures.length === 0) add('scheduled', Math.min(delivery.dueAt, to), 'pending')
    add('queued', to, 'pending')
  }
  for (const [index, { startedAt, finishedAt }] of delivery.failures.entries()) {
    if (index === 0) wait(startedAt)
    else add('back-off', startedAt, 'retrying')
    add('handling', Math.max(finishedAt, startedAt + 0.5), 'dead')
  }
  addPresent(delivery, now, { add, wait })
  return parts
}

interface Pen {
  add(kind: PartKind, to: number, state: DeliveryState): void
  wait(to: number): void
}

/** What came after the last failure that is known. */
function addPresent(delivery: TimelineDelivery, now: number, { add, wait }: Pen): void {
  const { state, startedAt, settledAt, failures, dueAt } = delivery
  const last = failures.at(-1)
  const isTried = startedAt !== null && startedAt > (last?.startedAt ?? Number.NEGATIVE_INFINITY)
  if (isTried) {
    if (last) add('back-off', startedAt, 'retrying')
    else wait(startedAt)
    if (state === 'retrying' || state === 'pending') add('back-off', now, state)
    else add('handling', Math.max(settledAt ?? now, startedAt + 0.5), state)
  } else if (!last) wait(settledAt ?? now)
  else if (settledAt === null) {
    add('back-off', Math.min(dueAt, now), 'retrying')
    add('queued', now, 'retrying')
  }
}

/** How far its first attempt began before its message was sent, as two clocks say; 0 where they agree. */
export function clockSkewMs(message: Pick<TimelineMessage, 'at'>, delivery: TimelineDelivery): number {
  const began = delivery.failures[0]?.startedAt ?? delivery.startedAt
  return began !== null && delivery.state !== 'skipped' ? Math.max(0, message.at - began) : 0
}

/** How a delivery stood at a time; null before its message was sent. */
export function stateAt(
  message: Pick<TimelineMessage, 'at'>,
  delivery: TimelineDelivery,
  time: number,
): DeliveryState | null {
  if (time < message.at) return null
  if (delivery.state === 'skipped') return 'skipped'
  if (delivery.settledAt !== null && time >= delivery.settledAt) return delivery.state
  const part = partsOf(message, delivery, Math.max(time, delivery.settledAt ?? time)).find((each) => time < each.to)
  if (!part) return delivery.state
  return part.kind === 'handling' ? 'running' : part.state
}
