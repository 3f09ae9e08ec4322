import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Counted, percentile, percentilesOf, stepOf } from './histogram.ts'

function countsOf(durations: readonly number[]): Counted[] {
  const counts = new Map<number, number>()
  for (const each of durations) counts.set(stepOf(each), (counts.get(stepOf(each)) ?? 0) + 1)
  return [...counts]
}

function exact(durations: readonly number[], share: number): number {
  const sorted = [...durations].sort((a, b) => a - b)
  return sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1]!
}

describe('durations on a scale', () => {
  it('P: every percentile is within 9 % of that of the durations themselves', () => {
    const durations = fc.array(fc.integer({ min: 1, max: 10_000_000 }), { minLength: 1, maxLength: 300 })
    fc.assert(
      fc.property(durations, fc.constantFrom(0.5, 0.9, 0.95, 0.99), (all, share) => {
        const truth = exact(all, share)
        expect(Math.abs(percentile(countsOf(all), share)! - truth) / truth).toBeLessThan(0.0906)
      }),
    )
  })

  it('adds up: two lists of counts tell the same as one of both', () => {
    const [one, other] = [
      [3, 8, 200],
      [5, 5_000],
    ]
    expect(percentile([...countsOf(one), ...countsOf(other)], 0.5)).toBe(percentile(countsOf([...one, ...other]), 0.5))
  })

  it('never tells more than the longest, and nothing of nothing', () => {
    expect(percentilesOf(countsOf([100]), 100)).toMatchObject({ p99: expect.any(Number), max: 100 })
    expect(percentilesOf(countsOf([100]), 100)!.p99).toBeLessThanOrEqual(100)
    expect(percentilesOf([], 0)).toBeNull()
    expect(percentilesOf([[-1, 7]], 0)).toBeNull()
  })
})
