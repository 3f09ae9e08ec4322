import { describe, expect, it } from 'vitest'
import { type FailureMarkView, leftToIgnore, statusOf } from './failure-status.ts'

const mark = (state: FailureMarkView['state'], ignoreMore: number | null = null): FailureMarkView => ({
  ...{ state, ignoreMore, owner: null, note: null },
  ...{ countThen: 10, actorId: 'a', markedAt: '2026-01-02T00:00:00.000Z' },
})
const BEFORE = '2026-01-01T00:00:00.000Z'
const AFTER = '2026-01-03T00:00:00.000Z'

describe('how a kind of failure stands', () => {
  it('is new as long as nobody said anything', () => {
    expect(statusOf(null, AFTER, 3)).toBe('new')
    expect(statusOf(mark('acknowledged'), AFTER, 30)).toBe('acknowledged')
  })

  it('regresses when what was resolved kills again', () => {
    expect(statusOf(mark('resolved'), BEFORE, 10)).toBe('resolved')
    expect(statusOf(mark('resolved'), null, 0)).toBe('resolved')
    expect(statusOf(mark('resolved'), AFTER, 11)).toBe('regressed')
  })

  it('is ignored until so many more have died', () => {
    expect(statusOf(mark('ignored', 5), AFTER, 14)).toBe('ignored')
    expect(leftToIgnore(mark('ignored', 5), 14)).toBe(1)
    expect(statusOf(mark('ignored', 5), AFTER, 15)).toBe('new')
  })
})
