/**
 * A conversation as a sequence of steps: a message was sent, an attempt to handle one began. They are apart, as they
 * are on a bus; each step is as high as the next, however long it lasted.
 */
import type { DeliveryState } from '../../../bus/message.ts'
import { partsOf } from './parts.ts'
import type { Timeline, TimelineDelivery, TimelineMessage } from './timeline.ts'

export const LANE_KINDS = ['module', 'handler'] as const
export type LaneKind = (typeof LANE_KINDS)[number]

/** The lane of whoever sent a message that nothing in the conversation caused. */
const OUTSIDE = 'outside'

interface Step {
  key: string
  /** Of the message, or of the delivery. */
  id: string
  at: number
  message: TimelineMessage
}

export interface SendStep extends Step {
  kind: 'send'
  from: number
  /** Each lane once, from left to right. */
  to: readonly number[]
  /** How much later it is to be handled, where that was asked for. */
  laterMs: number
}

/** One attempt to handle a message. */
export interface HandleStep extends Step {
  kind: 'handle'
  lane: number
  delivery: TimelineDelivery
  attempt: number
  /** How the attempt ended. */
  state: DeliveryState
  tookMs: number
}

/** So long that it is worth a row of its own. */
interface GapStep {
  kind: 'gap'
  key: string
  ms: number
}

export type SequenceStep = SendStep | HandleStep | GapStep

export interface Sequence {
  /** In the order in which they first appear. */
  lanes: readonly string[]
  steps: readonly SequenceStep[]
  start: number
}

const LONG_GAP_MS = 60_000
/** A delivery is due with its message, give or take what it takes to write both. */
const LATER_MS = 1_000

interface SequenceChoice {
  lanes: LaneKind
  hidden: ReadonlySet<string>
  errorsOnly: boolean
  window: readonly [from: number, to: number] | null
}

interface Draft {
  depth: number
  message: TimelineMessage
  at: number
  attempt: Omit<HandleStep, keyof Step | 'kind' | 'lane'> | null
}

export function sequenceOf(timeline: Timeline, choice: SequenceChoice, now: number): Sequence {
  const laneOf = (subscription: string) =>
    choice.lanes === 'handler' ? subscription : subscription.slice(0, subscription.indexOf('.'))
  const senders = sendersOf(timeline)
  const lanes = new Map<string, number>()
  const lane = (name: string) => {
    const index = lanes.get(name) ?? lanes.size
    lanes.set(name, index)
    return index
  }
  const steps: SequenceStep[] = []
  let last: number | null = null
  for (const draft of draftsOf(timeline, choice, now)) {
    if (last !== null && draft.at - last >= LONG_GAP_MS)
      steps.push({ kind: 'gap', key: `gap ${steps.length}`, ms: draft.at - last })
    last = draft.at
    const { message, at, attempt } = draft
    if (attempt) {
      const { delivery } = attempt
      const key = `${delivery.id} ${attempt.attempt}`
      steps.push({
        kind: 'handle',
        key,
        id: delivery.id,
        at,
        message,
        lane: lane(laneOf(delivery.subscription)),
        ...attempt,
      })
      continue
    }
    const sender = senders.get(message.causeDeliveryId ?? '')
    const from = lane(sender ? laneOf(sender.subscription) : OUTSIDE)
    const receivers = message.deliveries.filter(
      (each) => each.state !== 'skipped' && !choice.hidden.has(each.subscription),
    )
    const to = [...new Set(receivers.map((each) => lane(laneOf(each.subscription))))].sort((a, b) => a - b)
    steps.push({ kind: 'send', key: message.id, id: message.id, at, message, from, to, laterMs: laterMsOf(message) })
  }
  return { lanes: [...lanes.keys()], steps, start: timeline.messages[0]?.at ?? now }
}

function sendersOf({ messages }: Timeline): Map<string, TimelineDelivery> {
  return new Map(messages.flatMap((message) => message.deliveries.map((each) => [each.id, each] as const)))
}

function draftsOf(timeline: Timeline, { hidden, errorsOnly, window }: SequenceChoice, now: number): Draft[] {
  const depths = new Map<string, number>()
  const drafts: Draft[] = []
  for (const message of timeline.messages) {
    const depth = (depths.get(message.causeDeliveryId ?? '') ?? -1) + 1
    const deliveries = message.deliveries.filter((each) => !hidden.has(each.subscription))
    for (const each of message.deliveries) depths.set(each.id, depth + 1)
    const attempts = deliveries.flatMap((each) => attemptsOf(message, each, depth + 1, now))
    const shown = errorsOnly ? attempts.filter((each) => each.attempt?.state === 'dead') : attempts
    if (errorsOnly && shown.length === 0) continue
    drafts.push({ depth, message, at: message.at, attempt: null }, ...shown)
  }
  return (
    drafts
      .filter(({ at }) => !window || (at >= window[0] && at <= window[1]))
      // In the same millisecond the cause is first.
      .sort((a, b) => a.at - b.at || a.depth - b.depth)
  )
}

function attemptsOf(message: TimelineMessage, delivery: TimelineDelivery, depth: number, now: number): Draft[] {
  return partsOf(message, delivery, now)
    .filter((part) => part.kind === 'handling')
    .map(({ from, to, state }, index) => ({
      depth,
      message,
      at: from,
      attempt: { delivery, attempt: index + 1, state, tookMs: to - from },
    }))
}

function laterMsOf({ at, deliveries }: TimelineMessage): number {
  // A retry puts off when a delivery is due: only one that nothing was tried of still tells when it was asked for.
  const asked = deliveries.filter((each) => each.attempt <= 1 && each.failures.length === 0 && each.state !== 'skipped')
  const ms = Math.max(0, ...asked.map((each) => each.dueAt - at))
  return ms > LATER_MS ? ms : 0
}

/** A step with its place among all. */
export interface PlacedStep {
  step: SendStep | HandleStep
  index: number
}

/** Arrow and boxes of a message: that it was sent, and every attempt to handle it. */
export function stepsOf({ steps }: Sequence, messageId: string): PlacedStep[] {
  return steps.flatMap((step, index) => (step.kind !== 'gap' && step.message.id === messageId ? [{ step, index }] : []))
}
