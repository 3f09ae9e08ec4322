import { medians, type Sample } from './measure.ts'

/** One line of the table. */
export interface Result {
  workload: string
  value: number
  unit: string
  baseline: number
  /** value / baseline. */
  ratio: number
  target: string
  /** Null where nothing is asked of it. */
  met: boolean | null
  note: string
}

/** What is asked of a ratio. */
export type Target = { atLeast: number } | { atMost: number } | null

export interface Measured {
  workload: string
  value: number
  unit: string
  baseline: number
  target: Target
  note: string
}

export function toResult({ target, ...measured }: Measured): Result {
  const ratio = measured.value / measured.baseline
  return { ...measured, ratio, target: describe(target), met: target && isMet(ratio, target) }
}

function isMet(ratio: number, target: NonNullable<Target>): boolean {
  return 'atLeast' in target ? ratio >= target.atLeast : ratio <= target.atMost
}

function describe(target: Target): string {
  if (!target) return ''
  return 'atLeast' in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`
}

export interface Comparison {
  workload: string
  /** Name of the figure in the samples. */
  figure: string
  unit: string
  target: Target
  note: string
}

/** The medians of two sides beside each other; nothing where one of them lacks the figure. */
export function compare(value: Sample[], baseline: Sample[], { figure, ...rest }: Comparison): Result[] {
  const [own, other] = [medians(value)[figure], medians(baseline)[figure]]
  return own === undefined || other === undefined ? [] : [toResult({ ...rest, value: own, baseline: other })]
}
