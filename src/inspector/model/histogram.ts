/**
 * Durations as counts on a scale, so that those of many minutes and handlers add up to one. Each step of the scale is
 * 2^(1/4) wide: what is read from it is at most 9 % off (half a step in either direction), and the longest is exact.
 * Step 0 is below one millisecond. The same scale stands in SQL in `roll-up/count.ts`.
 */
export const STEPS_PER_DOUBLING = 4
/** 2^(99/4) ms, about 8 hours: longer ones are counted here. */
export const LAST_STEP = 100

/** A step of the scale and how many durations fell on it. */
export type Counted = readonly [step: number, count: number]

export function stepOf(ms: number): number {
  return ms < 1 ? 0 : Math.min(LAST_STEP, Math.floor(Math.log2(ms) * STEPS_PER_DOUBLING) + 1)
}

/** Where the given share of the durations ends, in milliseconds; null when there are none. */
export function percentile(counts: readonly Counted[], share: number): number | null {
  const sorted = [...counts].filter(([step, count]) => step >= 0 && count > 0).sort(([a], [b]) => a - b)
  const total = sorted.reduce((sum, [, count]) => sum + count, 0)
  if (total === 0) return null
  // The same rank as a sorted list of all durations would be asked for.
  const rank = Math.max(1, Math.ceil(share * total))
  let seen = 0
  for (const [step, count] of sorted) {
    seen += count
    if (seen >= rank) return middleOf(step)
  }
  return middleOf(sorted.at(-1)![0])
}

/** The value from which no duration of the step is further than half a step. */
function middleOf(step: number): number {
  return step === 0 ? 0.5 : 2 ** ((step - 0.5) / STEPS_PER_DOUBLING)
}

export interface Percentiles {
  p50: number
  p90: number
  p95: number
  p99: number
  max: number
}

export function percentilesOf(counts: readonly Counted[], longestMs: number): Percentiles | null {
  const [p50, p90, p95, p99] = [0.5, 0.9, 0.95, 0.99].map((share) => percentile(counts, share))
  if (p50 == null || p90 == null || p95 == null || p99 == null) return null
  const upTo = (ms: number) => Math.min(ms, longestMs)
  return { p50: upTo(p50), p90: upTo(p90), p95: upTo(p95), p99: upTo(p99), max: longestMs }
}
