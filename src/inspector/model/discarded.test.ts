import { describe, expect, it } from 'vitest'
import { purgedAfter, untilWords } from './discarded.ts'

describe('what was discarded', () => {
  const day = (date: number) => new Date(Date.UTC(2026, 0, date))

  it('is removed so many days after the last of its message was settled, and not while something is open', () => {
    const kept = { occurredAt: day(1), settledAt: day(5), isOpen: false }
    expect(purgedAfter(kept, 20)).toBe(day(25).toISOString())
    expect(purgedAfter({ ...kept, settledAt: day(1), occurredAt: day(3) }, 20)).toBe(day(23).toISOString())
    expect(purgedAfter({ ...kept, isOpen: true }, 20)).toBeNull()
  })

  it('says for how long there is a way back', () => {
    const hour = 3_600_000
    expect([-hour, 1, hour, 47 * hour, 48 * hour, 30 * 24 * hour - 1].map(untilWords)).toEqual([
      'at any moment',
      'at any moment',
      'in an hour',
      'in 47 hours',
      'in 2 days',
      'in 29 days',
    ])
  })
})
