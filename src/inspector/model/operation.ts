/** What an operator does to many dead deliveries: its states, its pace, and what its next step is. */
export const ITEM_STATES = [
  'waiting',
  'retried',
  'succeeded',
  'failed-again',
  'discarded',
  'restored',
  'skipped',
] as const

/** `retried`: on its way again, outcome not known yet. `skipped`: it had changed before its turn, or had none. */
export type ItemState = (typeof ITEM_STATES)[number]
export type ItemCounts = Record<ItemState, number>

export type OperationKind = 'retry' | 'discard' | 'restore'
export type OperationState = 'running' | 'paused' | 'completed' | 'aborted' | 'stopped'

export interface Pace {
  /** Whether the first must succeed before the others are tried. */
  oneFirst: boolean
  perSecond: number
  /** Share of failures, over 0 to 1, at which it stops by itself; null when it never does. */
  stopShare: number | null
}

export interface OperationView extends Pace {
  operationId: string
  kind: OperationKind
  state: OperationState
  /** What was asked for, in words. */
  title: string
  reason: string | null
  asOf: string
  total: number
  note: string | null
  startedAt: string
  finishedAt: string | null
  counts: ItemCounts
}

export interface OperationItemView {
  position: number
  deliveryId: string
  messageId: string | null
  messageName: string | null
  subscription: string | null
  state: ItemState
  note: string | null
  lastError: string | null
  changedAt: string
}

export interface OperationDetail extends OperationView {
  items: OperationItemView[]
  /** Position after which the next page begins, or null on the last one. */
  nextPosition: number | null
}

export type Step =
  | { step: 'take'; count: number }
  | { step: 'wait' }
  | { step: 'complete' }
  | { step: 'stop'; note: string }

/** So many outcomes make a share; fewer are chance. */
const FEWEST_OUTCOMES = 5

/** What a running operation does next. */
export function nextStep(kind: OperationKind, { oneFirst, perSecond, stopShare }: Pace, counts: ItemCounts): Step {
  const { waiting, retried, succeeded } = counts
  const failed = counts['failed-again']
  const known = succeeded + failed
  const isFirst = kind === 'retry' && oneFirst && succeeded === 0
  if (isFirst && failed > 0) return { step: 'stop', note: 'The first one failed again.' }
  if (stopShare !== null && failed > 0 && known >= FEWEST_OUTCOMES && failed / known >= stopShare) {
    return { step: 'stop', note: `${failed} of ${known} failed again, ${Math.round(stopShare * 100)} % are too many.` }
  }
  if (waiting === 0) return retried === 0 ? { step: 'complete' } : { step: 'wait' }
  if (isFirst) return retried === 0 ? { step: 'take', count: 1 } : { step: 'wait' }
  return { step: 'take', count: Math.min(waiting, perSecond) }
}

export function noCounts(): ItemCounts {
  return Object.fromEntries(ITEM_STATES.map((state) => [state, 0])) as ItemCounts
}
