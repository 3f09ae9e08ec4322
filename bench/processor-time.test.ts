import { describe, expect, it } from 'vitest'
import { parseStat, UsedTime } from './processor-time.ts'

describe('parseStat', () => {
  it('reads the parent and the ticks behind a name with blanks and brackets', () => {
    const line = '4242 (postgres: a) (b c) S 17 4242 4242 0 -1 4194560 100 0 0 0 120 30 7 3 20 0 1 0 5000 0 0\n'
    expect(parseStat(line)).toEqual({ parent: 17, ownTicks: 150, endedTicks: 10 })
  })
})

it('counts what processes use from the first look on, those that come later and those that end too', () => {
  const used = new UsedTime(
    new Map([
      ['1', 100],
      ['2', 50],
    ]),
  )
  used.see(
    new Map([
      ['1', 130],
      ['2', 60],
      ['3', 5],
    ]),
  )
  used.see(
    new Map([
      ['1', 150],
      ['3', 9],
    ]),
  )
  expect(used.nanoseconds).toBe(50 + 10 + 9)
})
