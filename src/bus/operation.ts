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
  /** How many are tried in each stage before the rest; a stage begins only once the one before went well. */
  stages: number[]
  perSecond: number
  /** Share of a stage's failures, over 0 to 1, at which it stops by itself; null when it never does. */
  stopShare: number | null
}

export type Step =
  | { step: 'take'; count: number }
  | { step: 'next-stage' }
  | { step: 'wait' }
  | { step: 'complete' }
  | { step: 'stop'; note: string }

/** So many outcomes make a share; fewer are chance. */
const FEWEST_OUTCOMES = 5

/** What a running operation does next. Of `counts` what waits is of all of it, the rest of the stage it is in. */
export function nextStep(kind: OperationKind, pace: Pace, stage: number, counts: ItemCounts): Step {
  const { waiting, retried, succeeded } = counts
  const known = succeeded + counts['failed-again']
  const size = kind === 'retry' ? (pace.stages[stage] ?? null) : null
  if (isTooBad(pace, size, counts)) return { step: 'stop', note: noteOf(pace, size, counts) }
  if (waiting === 0) return retried === 0 ? { step: 'complete' } : { step: 'wait' }
  if (size === null) return { step: 'take', count: Math.min(waiting, pace.perSecond) }
  if (known >= size) return { step: 'next-stage' }
  const left = size - known - retried
  return left > 0 ? { step: 'take', count: Math.min(waiting, pace.perSecond, left) } : { step: 'wait' }
}

/** A stage of which all fail never goes well, whatever share may. */
function isTooBad({ stopShare }: Pace, size: number | null, counts: ItemCounts): boolean {
  const failed = counts['failed-again']
  const known = counts.succeeded + failed
  const share = stopShare ?? (size === null ? null : 1)
  return (
    share !== null &&
    failed > 0 &&
    known >= Math.min(FEWEST_OUTCOMES, size ?? FEWEST_OUTCOMES) &&
    failed / known >= share
  )
}

function noteOf({ stopShare }: Pace, size: number | null, counts: ItemCounts): string {
  if (size === 1) return 'The first one failed again.'
  const failed = counts['failed-again']
  const where = size === null ? '' : ` in the stage of ${size}`
  const share = Math.round((stopShare ?? 1) * 100)
  return `${failed} of ${counts.succeeded + failed} failed again${where}, ${share} % are too many.`
}

export function noCounts(): ItemCounts {
  return Object.fromEntries(ITEM_STATES.map((state) => [state, 0])) as ItemCounts
}
