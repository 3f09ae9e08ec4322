import { describe, expect, it } from 'vitest'
import { agoWords } from './time-words.ts'

describe('how long ago', () => {
  it('is told in the largest unit of which there are two', () => {
    const hour = 3_600_000
    expect([0, 999, 1_500, 59_000, 119_000, 120_000, hour, 2 * hour, 47 * hour, 48 * hour].map(agoWords)).toEqual([
      'now',
      'now',
      '1 s ago',
      '59 s ago',
      '119 s ago',
      '2 min ago',
      '60 min ago',
      '2 h ago',
      '47 h ago',
      '2 d ago',
    ])
    expect(agoWords(-180_000)).toBe('in 3 min')
  })
})
