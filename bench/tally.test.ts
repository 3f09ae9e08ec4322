import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Tally } from './tally.ts'

describe('a tally', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('tells everybody whose number is reached', async () => {
    const tally = new Tally()
    const [two, three] = [tally.until(2), tally.until(3)]
    tally.add(1)
    tally.add(2)
    await Promise.all([two, three, tally.until(3)])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('fails when it stands still, and not while it grows', async () => {
    const tally = new Tally(1_000)
    const failure = expect(tally.until(3)).rejects.toThrow('It stands still at 2 of 3.')
    tally.add(1)
    vi.advanceTimersByTime(1_000)
    tally.add(1)
    vi.advanceTimersByTime(1_000)
    vi.advanceTimersByTime(1_000)
    await failure
  })
})
