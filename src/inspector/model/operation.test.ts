import { describe, expect, it } from 'vitest'
import { type ItemCounts, nextStep, noCounts } from './operation.ts'

const counts = (some: Partial<ItemCounts>): ItemCounts => ({ ...noCounts(), ...some })
const pace = { oneFirst: false, perSecond: 10, stopShare: null }

describe('the next step of an operation', () => {
  it('takes what its pace allows, waits for the last outcomes, and completes', () => {
    expect(nextStep('retry', pace, counts({ waiting: 25 }))).toEqual({ step: 'take', count: 10 })
    expect(nextStep('retry', pace, counts({ waiting: 3, retried: 50 }))).toEqual({ step: 'take', count: 3 })
    expect(nextStep('retry', pace, counts({ retried: 1, succeeded: 9 }))).toEqual({ step: 'wait' })
    expect(nextStep('retry', pace, counts({ succeeded: 9, 'failed-again': 1 }))).toEqual({ step: 'complete' })
  })

  it('waits for the first before it takes the rest, and tries another where the first was skipped', () => {
    const oneFirst = { ...pace, oneFirst: true }
    expect(nextStep('retry', oneFirst, counts({ waiting: 9 }))).toEqual({ step: 'take', count: 1 })
    expect(nextStep('retry', oneFirst, counts({ waiting: 9, retried: 1 }))).toEqual({ step: 'wait' })
    expect(nextStep('retry', oneFirst, counts({ waiting: 9, skipped: 1 }))).toEqual({ step: 'take', count: 1 })
    expect(nextStep('retry', oneFirst, counts({ waiting: 9, 'failed-again': 1 })).step).toBe('stop')
    expect(nextStep('retry', oneFirst, counts({ waiting: 9, succeeded: 1 }))).toEqual({ step: 'take', count: 9 })
    expect(nextStep('discard', oneFirst, counts({ waiting: 9 }))).toEqual({ step: 'take', count: 9 })
  })

  it('stops at the share of failures, but not for the first few', () => {
    const careful = { ...pace, stopShare: 0.5 }
    expect(nextStep('retry', careful, counts({ waiting: 9, 'failed-again': 4 })).step).toBe('take')
    expect(nextStep('retry', careful, counts({ waiting: 9, 'failed-again': 2, succeeded: 3 })).step).toBe('take')
    expect(nextStep('retry', careful, counts({ waiting: 9, 'failed-again': 3, succeeded: 3 })).step).toBe('stop')
  })
})
