import { expect, it } from 'vitest'
import { actionWords, detailsOf } from './audit.ts'

it('tells an action in words, and its details as plain values', () => {
  expect(actionWords('inspector.delivery-retried')).toBe('Delivery retried')
  expect(detailsOf({ reason: 'done by hand', total: 3, until: null, limits: { concurrency: 2 } })).toEqual([
    ['reason', 'done by hand'],
    ['total', '3'],
    ['limits', '{"concurrency":2}'],
  ])
  expect(detailsOf(null)).toEqual([])
})
