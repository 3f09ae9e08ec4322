import { expect, it } from 'vitest'
import type { DeliveryState } from '../../bus/message.ts'
import { isFailing } from './failing.ts'

const CASES: [DeliveryState, number, boolean][] = [
  ['pending', 0, false],
  ['running', 1, false],
  ['retrying', 1, true],
  ['running', 2, true],
  ['dead', 2, true],
  // An operator has it tried once more.
  ['pending', 2, true],
  ['running', 3, true],
  ['succeeded', 3, false],
  ['discarded', 3, false],
  ['skipped', 0, false],
]

it.each(CASES)('what is %s at attempt %i is failing: %s', (state, attempt, failing) => {
  expect(isFailing({ state, attempt })).toBe(failing)
})
