import { describe, expect, it } from 'vitest'
import { byWorst, changeWords, formatAge, formatRateOf, type HandlerWithHealth, isUnwell } from './overview.ts'

function handler(
  subscription: string,
  set: { dead?: number; errors?: number; dueAt?: string; attempts?: number } = {},
) {
  const none = { count: 0, isMore: false }
  const health = { attempts: set.attempts ?? 0, errorShare: set.errors ?? 0 }
  return {
    subscription,
    dead: { count: set.dead ?? 0, isMore: false },
    retrying: none,
    oldestDueAt: set.dueAt ?? null,
    isPaused: false,
    outage: null,
    health,
  } as HandlerWithHealth
}

describe('the overview', () => {
  it('puts the worst handler first, and those that are well in the order of their work', () => {
    const all = [
      handler('idle'),
      handler('busy', { attempts: 90 }),
      handler('fails', { errors: 0.5 }),
      handler('late', { dueAt: '2026-01-01T00:00:00Z' }),
      handler('later', { dueAt: '2026-01-01T00:01:00Z' }),
      handler('dead', { dead: 1 }),
    ]
    expect(all.sort(byWorst).map((each) => each.subscription)).toEqual([
      'dead',
      'fails',
      'late',
      'later',
      'busy',
      'idle',
    ])
    expect(all.filter(isUnwell).map((each) => each.subscription)).toEqual(['dead', 'fails'])
  })

  it('tells in words how a number moved', () => {
    const measure = (value: number, before: number | null) => ({ value, before, trend: [], isMore: false })
    expect(changeWords(measure(12, 10), 'share')).toBe('+20 % in an hour')
    expect(changeWords(measure(9, 10), 'difference')).toBe('−1 in an hour')
    expect(changeWords(measure(3, 0), 'share')).toBe('+3 in an hour')
    expect(changeWords(measure(0, 0), 'share')).toBe('as an hour ago')
    expect(changeWords(measure(5, null), 'share')).toBe('nothing to compare with yet')
    expect(changeWords(measure(180_000, 0), 'time')).toBe('+3 min in an hour')
  })

  it('writes numbers with as many digits as tell something', () => {
    expect([0, 0.034, 0.34, 3.44, 34.4, 1_234].map(formatRateOf)).toEqual(['0', '0.03', '0.3', '3.4', '34', '1,234'])
    expect([0, 4_000, 89_000, 120_000, 7_200_000, 200_000_000].map(formatAge)).toEqual([
      '0 s',
      '4 s',
      '89 s',
      '2 min',
      '2 h',
      '2 d',
    ])
  })
})
