import { describe, expect, it } from 'vitest'
import { alternate, median, medians, percentile, type Sample } from './measure.ts'

describe('median', () => {
  it('is the middle one, or the mean of the two in the middle, in any order', () => {
    expect(median([5, 1, 3])).toBe(3)
    expect(median([10, 1, 3, 2])).toBe(2.5)
    expect(median([])).toBeNaN()
  })
})

describe('percentile', () => {
  const oneToHundred = Array.from({ length: 100 }, (_, index) => 100 - index)

  it('is the smallest number that the share does not exceed', () => {
    expect(percentile(oneToHundred, 0.5)).toBe(50)
    expect(percentile(oneToHundred, 0.99)).toBe(99)
    expect(percentile(oneToHundred, 1)).toBe(100)
    expect(percentile([7], 0.01)).toBe(7)
    expect(percentile([], 0.5)).toBeNaN()
  })
})

describe('medians', () => {
  it('takes each figure over the samples that have it', () => {
    const samples: Sample[] = [{ rate: 1, cpu: 9 }, { rate: 3 }, { rate: 2 }]
    expect(medians(samples)).toEqual({ rate: 2, cpu: 9 })
  })
})

describe('alternate', () => {
  it('runs every side once a round, another one first each time', async () => {
    const order: string[] = []
    const side = (name: string) => async () => {
      order.push(name)
      return { rate: order.length }
    }
    const samples = await alternate(3, { a: side('a'), b: side('b') })
    expect(order).toEqual(['a', 'b', 'b', 'a', 'a', 'b'])
    expect(samples).toEqual({ a: [{ rate: 1 }, { rate: 4 }, { rate: 5 }], b: [{ rate: 2 }, { rate: 3 }, { rate: 6 }] })
  })

  it('never runs two at once', async () => {
    let running = 0
    const side = async () => {
      running += 1
      expect(running).toBe(1)
      await Promise.resolve()
      running -= 1
      return {}
    }
    await alternate(2, { a: side, b: side })
    expect(running).toBe(0)
  })
})
