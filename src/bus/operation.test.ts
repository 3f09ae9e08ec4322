import { describe, expect, it } from 'vitest'
import { type ItemCounts, nextStep, noCounts } from './operation.ts'

const counts = (some: Partial<ItemCounts>): ItemCounts => ({ ...noCounts(), ...some })
const pace = { stages: [] as number[], perSecond: 10, stopShare: null as number | null }
const next = (own: Partial<typeof pace>, stage: number, some: Partial<ItemCounts>) =>
  nextStep('retry', { ...pace, ...own }, stage, counts(some))

describe('the next step of an operation', () => {
  it('takes what its pace allows, waits for the last outcomes, and completes', () => {
    expect(next({}, 0, { waiting: 25 })).toEqual({ step: 'take', count: 10 })
    expect(next({}, 0, { waiting: 3, retried: 50 })).toEqual({ step: 'take', count: 3 })
    expect(next({}, 0, { retried: 1, succeeded: 9 })).toEqual({ step: 'wait' })
    expect(next({}, 0, { succeeded: 9, 'failed-again': 1 })).toEqual({ step: 'complete' })
  })

  it('waits for the first before it takes the rest, and tries another where the first was skipped', () => {
    const stages = [1]
    expect(next({ stages }, 0, { waiting: 9 })).toEqual({ step: 'take', count: 1 })
    expect(next({ stages }, 0, { waiting: 9, retried: 1 })).toEqual({ step: 'wait' })
    expect(next({ stages }, 0, { waiting: 9, skipped: 1 })).toEqual({ step: 'take', count: 1 })
    expect(next({ stages }, 0, { waiting: 9, 'failed-again': 1 })).toEqual({
      step: 'stop',
      note: 'The first one failed again.',
    })
    expect(next({ stages }, 0, { waiting: 9, succeeded: 1 })).toEqual({ step: 'next-stage' })
    expect(next({ stages }, 1, { waiting: 9 })).toEqual({ step: 'take', count: 9 })
    expect(nextStep('discard', { ...pace, stages }, 0, counts({ waiting: 9 }))).toEqual({ step: 'take', count: 9 })
  })

  it('takes a stage at its pace, and begins the next once all of it is known', () => {
    const stages = [1, 25]
    expect(next({ stages }, 1, { waiting: 90 })).toEqual({ step: 'take', count: 10 })
    expect(next({ stages }, 1, { waiting: 70, retried: 12, succeeded: 8 })).toEqual({ step: 'take', count: 5 })
    expect(next({ stages }, 1, { waiting: 65, retried: 1, succeeded: 24 })).toEqual({ step: 'wait' })
    expect(next({ stages }, 1, { waiting: 65, succeeded: 24, 'failed-again': 1 })).toEqual({ step: 'next-stage' })
    expect(next({ stages }, 1, { succeeded: 4 })).toEqual({ step: 'complete' })
  })

  it('stops at the share of failures, but not for the first few', () => {
    const stopShare = 0.5
    expect(next({ stopShare }, 0, { waiting: 9, 'failed-again': 4 }).step).toBe('take')
    expect(next({ stopShare }, 0, { waiting: 9, 'failed-again': 2, succeeded: 3 }).step).toBe('take')
    expect(next({ stopShare }, 0, { waiting: 9, 'failed-again': 3, succeeded: 3 }).step).toBe('stop')
  })

  it('stops in a stage of which all fail, whatever else it may bear', () => {
    const stages = [1, 10]
    expect(next({ stages }, 1, { waiting: 9, 'failed-again': 9, succeeded: 1 })).toEqual({ step: 'next-stage' })
    expect(next({ stages }, 1, { waiting: 9, retried: 5, 'failed-again': 5 })).toEqual({
      step: 'stop',
      note: '5 of 5 failed again in the stage of 10, 100 % are too many.',
    })
    expect(next({ stages }, 2, { waiting: 9, 'failed-again': 9 }).step).toBe('take')
  })
})
