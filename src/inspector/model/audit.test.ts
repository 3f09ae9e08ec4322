import { expect, it } from 'vitest'
import { actionWords, detailsOf, detailWords, isId } from './audit.ts'

it('tells an action in words, and its details as plain values', () => {
  expect(actionWords('inspector.delivery-retried')).toBe('Delivery retried')
  expect(detailsOf({ reason: 'done by hand', total: 3, until: null, limits: { concurrency: 2 } })).toEqual([
    ['reason', 'done by hand'],
    ['total', '3'],
    ['limits', '{"concurrency":2}'],
  ])
  expect(detailsOf(null)).toEqual([])
})

it('calls a detail what people call it, and tells an id from a word', () => {
  expect(['errorName', 'messageId', 'subscription', 'reason'].map(detailWords)).toEqual([
    'error',
    'message id',
    'handler',
    'reason',
  ])
  expect(['01a2278c-5d34-7121-8182-d850ee7381fe', 'a3fa739fcb41b04f', 'BusError', '3'].map(isId)).toEqual([
    true,
    true,
    false,
    false,
  ])
})
