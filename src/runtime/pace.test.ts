import { expect, it } from 'vitest'
import { Pace } from './pace.ts'

it('takes nobody for quick before an attempt has ended', () => {
  expect(new Pace().isQuick('a')).toBe(false)
})

it('takes for quick whose attempts end soon, and no longer once they do not', () => {
  const pace = new Pace()
  pace.ended('quick', 3)
  pace.ended('slow', 2_000)
  expect([pace.isQuick('quick'), pace.isQuick('slow')]).toEqual([true, false])
  pace.ended('quick', 5_000)
  expect(pace.isQuick('quick')).toBe(false)
  pace.ended('stuck', 3)
  pace.forget('stuck')
  expect(pace.isQuick('stuck')).toBe(false)
})
