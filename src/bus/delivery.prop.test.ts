import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DELIVERY_EVENTS, DELIVERY_STATES, isSettled, transition } from './delivery.ts'
import { nextDelay } from './retry-policy.ts'

const state = fc.constantFrom(...DELIVERY_STATES)
const event = fc.constantFrom(...DELIVERY_EVENTS)

describe('the transitions of a delivery', () => {
  it('lead to states that exist, and only a claim leads to running', () => {
    fc.assert(
      fc.property(state, event, (from, happens) => {
        const to = transition(from, happens)
        if (to === null) return
        expect(DELIVERY_STATES).toContain(to)
        expect(to === 'running').toBe(happens === 'claimed')
      }),
    )
  })

  it('never leave succeeded or skipped', () => {
    fc.assert(
      fc.property(fc.constantFrom('succeeded' as const, 'skipped' as const), event, (from, happens) => {
        expect(transition(from, happens)).toBeNull()
      }),
    )
  })

  it('leave a settled state only by what an operator does', () => {
    fc.assert(
      fc.property(state.filter(isSettled), event, (from, happens) => {
        if (transition(from, happens)) expect(['revived', 'discarded', 'restored', 'reinstated']).toContain(happens)
      }),
    )
  })
})

describe('the delays of a retry policy', () => {
  const policy = fc.record({
    maxAttempts: fc.integer({ min: 1, max: 20 }),
    immediate: fc.integer({ min: 0, max: 5 }),
    firstDelayMs: fc.integer({ min: 0, max: 10_000 }),
    factor: fc.double({ min: 1, max: 5, noNaN: true }),
    maxDelayMs: fc.integer({ min: 10_000, max: 1_000_000 }),
    jitter: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  const random = fc.double({ min: 0, max: 0.999, noNaN: true })

  it('R1, R2: first follow at once, then grow, stay within the jitter around their limit, and end', () => {
    fc.assert(
      fc.property(policy, random, (given, drawn) => {
        const delays = Array.from({ length: given.maxAttempts }, (_, index) => nextDelay(given, index + 1, drawn))
        expect(delays.at(-1)).toBeNull()
        const waits = delays.slice(0, -1) as number[]
        expect(waits).toEqual([...waits].sort((a, b) => a - b))
        expect(waits.slice(0, given.immediate).every((wait) => wait === 0)).toBe(true)
        for (const wait of waits) expect(wait).toBeLessThanOrEqual(given.maxDelayMs * (1 + given.jitter) + 1)
      }),
    )
  })
})
