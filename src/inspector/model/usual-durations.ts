import { totalMs } from './durations.ts'
import { percentile, stepOf } from './histogram.ts'
import type { MessageRow } from './view.ts'

/** Fewer messages of a type say nothing of how long it takes. */
const FEWEST = 5

/** How long all but one of twenty messages of each type took, at most; types of which too few are known are not in it. */
export function usualDurations(rows: Iterable<MessageRow>): Map<string, number> {
  const counts = new Map<string, Map<number, number>>()
  for (const row of rows) {
    const ms = totalMs(row)
    if (ms === null) continue
    const ofType = counts.get(row.name) ?? new Map<number, number>()
    counts.set(row.name, ofType)
    ofType.set(stepOf(ms), (ofType.get(stepOf(ms)) ?? 0) + 1)
  }
  const found = new Map<string, number>()
  for (const [name, steps] of counts) {
    const total = [...steps.values()].reduce((sum, count) => sum + count, 0)
    const p95 = total < FEWEST ? null : percentile([...steps], 0.95)
    if (p95 !== null) found.set(name, p95)
  }
  return found
}
