import { expect, it } from 'vitest'
import { stepFrom } from './playhead.ts'

it('steps from change to change, also back from the present', () => {
  const times = Float64Array.of(100, 200, 300)
  expect(stepFrom(times, Number.POSITIVE_INFINITY, -1)).toBe(300)
  expect(stepFrom(times, 300, -1)).toBe(200)
  expect(stepFrom(times, 100, -1)).toBeNull()
  expect(stepFrom(times, 100, 1)).toBe(200)
  expect(stepFrom(times, 300, 1)).toBeNull()
})
