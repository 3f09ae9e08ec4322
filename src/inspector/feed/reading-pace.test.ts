import { expect, it } from 'vitest'
import { ReadingPace } from './reading-pace.ts'

/** The wait after reads have gone on at a rate for a while. */
function waitAt(changesPerSecond: number): number {
  let now = 0
  const pace = new ReadingPace(() => now)
  for (let reads = 0; reads < 20; reads += 1) {
    now += pace.waitMs
    pace.hasRead((pace.waitMs / 1_000) * changesPerSecond)
  }
  return pace.waitMs
}

it('is prompt while little changes, waits for more while much does, and never for more than can be drawn', () => {
  expect([0, 10, 80].map(waitAt)).toEqual([100, 100, 100])
  expect(waitAt(500)).toBe(300)
  expect(waitAt(1_000)).toBeCloseTo(150)
  expect(waitAt(10_000)).toBe(100)
})

it('is prompt again after a flood', () => {
  let now = 0
  const pace = new ReadingPace(() => now)
  for (const changes of [60, 2_000, 150, 3]) {
    now += pace.waitMs
    pace.hasRead(changes)
  }
  expect(pace.waitMs).toBe(100)
})
