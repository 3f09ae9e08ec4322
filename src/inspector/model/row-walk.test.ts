import { describe, expect, test } from 'vitest'
import { stepInRows } from './row-walk.ts'

describe('a walk through rows', () => {
  test.each([
    ['begins at the first', { count: 5, at: null, last: null }, 1, 0],
    ['begins at the first, upwards too', { count: 5, at: null, last: null }, -1, 0],
    ['goes on', { count: 5, at: 2, last: 2 }, 1, 3],
    ['goes back', { count: 5, at: 2, last: 2 }, -1, 1],
    ['ends at the last', { count: 5, at: 4, last: 4 }, 1, 4],
    ['ends at the first', { count: 5, at: 0, last: 0 }, -1, 0],
    ['follows the focus, wherever that was moved', { count: 5, at: 0, last: 3 }, 1, 1],
    ['goes to what took the place of a row that is gone', { count: 4, at: null, last: 2 }, 1, 2],
    ['goes to the row before one that is gone', { count: 4, at: null, last: 2 }, -1, 1],
    ['stays among the rows that are left', { count: 2, at: null, last: 4 }, 1, 1],
  ] as const)('%s', (_, walked, step, expected) => {
    expect(stepInRows(walked, step)).toBe(expected)
  })
})
