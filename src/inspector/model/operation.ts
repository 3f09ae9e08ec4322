/** What an operator does to many dead deliveries, as it is chosen and shown. */
import type { ItemCounts, ItemState, OperationKind, OperationState, Pace } from '../../bus/index.ts'

export type { ItemCounts, ItemState, OperationKind, OperationState, Pace }

/** What operators choose between, the most careful first. */
export const STAGINGS = { careful: [1, 10], 'one-first': [1], none: [] } satisfies Record<string, number[]>
export type Staging = keyof typeof STAGINGS

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

/** One that is not over, as it is shown on every page. */
export interface OperationUnderway {
  operationId: string
  kind: OperationKind
  state: OperationState
  total: number
  /** Of how many the outcome is known. */
  known: number
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

/** How far one stage is. */
export interface StageProgress {
  /** How many it is for: fewer where there are no more, more where some were skipped. */
  planned: number
  state: 'waiting' | 'running' | 'passed' | 'stopped'
  counts: ItemCounts
}

export interface OperationDetail extends OperationView {
  /** Nothing where it does not go in stages. */
  progress: StageProgress[]
  items: OperationItemView[]
  /** Position after which the next page begins, or null on the last one. */
  nextPosition: number | null
}

/** How many of a set each stage is for, the rest last. Where there are no more, there are fewer stages. */
export function plannedStages(stages: readonly number[], total: number): number[] {
  const planned: number[] = []
  let left = total
  for (const size of [...stages, total]) {
    if (left > 0) planned.push(Math.min(size, left))
    left -= size
  }
  return planned
}

interface Staged {
  kind: OperationKind
  state: OperationState
  total: number
  stages: readonly number[]
  /** The one it is in. */
  stage: number
}

/** How far each stage of an operation is; `countsOf` tells what has become of what a stage took. */
export function progressOf(operation: Staged, countsOf: (stage: number) => ItemCounts): StageProgress[] {
  const { kind, state, total, stages, stage: current } = operation
  if (kind !== 'retry' || stages.length === 0) return []
  const isOpen = state === 'running' || state === 'paused'
  // Where the rest was skipped, what was planned after it never came.
  const planned = plannedStages(stages, total).slice(0, state === 'completed' ? current + 1 : undefined)
  return planned.map((size, stage) => {
    const counts = countsOf(stage)
    const isPassed = stage < current || state === 'completed'
    const stateOfCurrent = isOpen ? 'running' : 'stopped'
    return { planned: size, counts, state: isPassed ? 'passed' : stage === current ? stateOfCurrent : 'waiting' }
  })
}
