import { describe, expect, it } from 'vitest'
import { onLogScale } from './durations.ts'
import { aDelivery, aMessage } from './testing/views.ts'
import { usualDurations } from './usual-durations.ts'

const SENT = Date.parse('2026-01-01T12:00:00.000Z')
const took = (name: string, ms: number | null, index = 0) =>
  aMessage(
    `${name}-${index}`,
    [
      aDelivery(`${name}-${index}`, `d-${index}`, {
        state: ms === null ? 'running' : 'succeeded',
        settledAt: ms === null ? null : new Date(SENT + ms).toISOString(),
      }),
    ],
    { name, occurredAt: new Date(SENT).toISOString() },
  )

describe('how long messages of a type usually take', () => {
  it('is what all but one of twenty stay below, each type on its own', () => {
    const rows = [
      ...Array.from({ length: 19 }, (_, index) => took('quick', 10, index)),
      took('quick', 60_000, 19),
      ...Array.from({ length: 20 }, (_, index) => took('slow', 5_000, index)),
    ]
    const usual = usualDurations(rows)
    expect(usual.get('quick')).toBeGreaterThan(9)
    expect(usual.get('quick')).toBeLessThan(11)
    expect(usual.get('slow')).toBeGreaterThan(4_500)
  })

  it('is not known of types of which few are done', () => {
    expect(
      usualDurations([took('rare', 10), ...Array.from({ length: 9 }, (_, index) => took('open', null, index))]).size,
    ).toBe(0)
  })

  it('fills the bar, on which a tenth of it is shorter by one part of a scale of factors', () => {
    expect(onLogScale(1_000, 1_000)).toBe(1)
    expect(onLogScale(100, 1_000)).toBeCloseTo(2 / 3)
    expect(onLogScale(9_000, 1_000)).toBe(1)
    expect(onLogScale(1, 2)).toBe(0)
  })
})
