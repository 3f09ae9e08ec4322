import { describe, expect, it } from 'vitest'
import { customRange, pointsOf, RANGES, rangeOf } from './range.ts'

const NOW = Date.parse('2026-03-01T12:34:56.789Z')
const HOUR = 3_600_000

describe('ranges of time', () => {
  it('reads a name, and no more points than can be told apart', () => {
    for (const name of RANGES) {
      const range = rangeOf(name, NOW)
      expect(range.toMs).toBe(NOW)
      expect(pointsOf(range).length, name).toBeGreaterThan(10)
      expect(pointsOf(range).length, name).toBeLessThanOrEqual(121)
      expect(range.stepS % range.spanS).toBe(0)
      expect((range.fromMs / 1_000) % range.stepS).toBe(0)
    }
  })

  it('reads what was dragged, as it stands in the address', () => {
    const range = rangeOf(customRange(NOW - 2 * HOUR, NOW - HOUR), NOW)
    expect(range).toMatchObject({ toMs: NOW - HOUR, spanS: 60 })
    expect(NOW - 2 * HOUR - range.fromMs).toBeLessThan(60_000)
  })

  it('reads wider spans of what is older than the narrow ones are kept', () => {
    expect(rangeOf(customRange(NOW - 30 * HOUR, NOW - 29 * HOUR), NOW).spanS).toBe(600)
    expect(rangeOf(customRange(NOW - 10 * 24 * HOUR, NOW - 9 * 24 * HOUR), NOW).spanS).toBe(3_600)
  })

  it('shows the last hour where it cannot read what is asked for', () => {
    const lastHour = rangeOf('1h', NOW)
    const unreadable = [null, '', 'nonsense', '..', customRange(NOW, NOW - HOUR), '1970-01-01..1971-01-01']
    for (const asked of unreadable) expect(rangeOf(asked, NOW)).toEqual(lastHour)
  })
})
