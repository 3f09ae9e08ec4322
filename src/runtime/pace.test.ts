import { expect, it } from 'vitest'
import { Pace } from './pace.ts'

it('takes nobody for quick before an attempt has ended', () => {
  expect(new Pace().aheadOf('a')).toBe(0)
})

it('fetches ahead for whose attempts end soon, the more the sooner, and no longer once they do not', () => {
  const pace = new Pace()
  pace.ended('very quick', 3)
  pace.ended('quick', 60)
  pace.ended('slow', 2_000)
  expect(['very quick', 'quick', 'slow'].map((each) => pace.aheadOf(each))).toEqual([8, 1, 0])
  pace.ended('very quick', 5_000)
  expect(pace.aheadOf('very quick')).toBe(0)
  pace.ended('stuck', 3)
  pace.forget('stuck')
  expect(pace.aheadOf('stuck')).toBe(0)
})
