import { expect, it } from 'vitest'
import { backOffMs } from './back-off.ts'

it('waits twice as long each time, up to an end, and never the same', () => {
  expect([1, 2, 3, 4, 5, 6, 100].map((failures) => backOffMs(failures, () => 1))).toEqual([
    250, 500, 1_000, 2_000, 4_000, 5_000, 5_000,
  ])
  expect(backOffMs(3, () => 0)).toBe(500)
  expect(backOffMs(3)).not.toBe(backOffMs(3))
})
