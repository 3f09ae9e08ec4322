import { describe, expect, it } from 'vitest'
import { standingOf } from './key-view.ts'
import { aDelivery, aMessage } from './testing/views.ts'

describe('how a key stands', () => {
  const good = aMessage('m1', [aDelivery('m1', 'd1', { state: 'succeeded' })])
  const bad = aMessage('m2', [
    aDelivery('m2', 'd2', { state: 'dead' }),
    aDelivery('m2', 'd3', { state: 'dead' }),
    aDelivery('m2', 'd4', { state: 'succeeded' }),
  ])

  it('is told by the most urgent state of its deliveries', () => {
    expect(standingOf({ messages: [good], isCut: false })).toEqual({
      worst: 'succeeded',
      words: 'One message, one delivery, none in trouble',
    })
    expect(standingOf({ messages: [good, bad], isCut: false })).toEqual({
      worst: 'dead',
      words: '2 messages, 4 deliveries, 2 dead',
    })
  })

  it('is told as at least so much where there are more messages than are looked at', () => {
    expect(standingOf({ messages: [good, bad], isCut: true }).words).toBe(
      'At least 2 messages, at least 4 deliveries, at least 2 dead',
    )
    expect(standingOf({ messages: [good, good], isCut: true }).words).toBe(
      'At least 2 messages, at least 2 deliveries, none of the newest in trouble',
    )
  })
})
