import { expect, it } from 'vitest'
import type { DeliveryState } from '../../bus/message.ts'
import { isFailing, worstFailing } from './failing.ts'

const CASES: [DeliveryState, number, boolean][] = [
  ['pending', 0, false],
  ['running', 1, false],
  ['retrying', 1, true],
  ['running', 2, true],
  ['dead', 2, true],
  // It was parked after that.
  ['pending', 2, true],
  ['running', 3, true],
  ['succeeded', 3, false],
  ['discarded', 3, false],
  ['skipped', 0, false],
]

it.each(CASES)('what is %s at attempt %i is failing: %s', (state, attempt, failing) => {
  expect(isFailing({ state, attempt })).toBe(failing)
})

it('the worst is what was given up, then what waits for its next attempt, then what is tried again', () => {
  const [fine, again, waiting, dead] = [
    { state: 'running' as const, attempt: 1 },
    { state: 'running' as const, attempt: 2 },
    { state: 'retrying' as const, attempt: 1 },
    { state: 'dead' as const, attempt: 3 },
  ]
  expect(worstFailing([fine, again, waiting, dead])).toBe(dead)
  expect(worstFailing([fine, again, waiting])).toBe(waiting)
  expect(worstFailing([fine, again])).toBe(again)
  expect(worstFailing([fine])).toBeUndefined()
})
