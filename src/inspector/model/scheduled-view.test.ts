import { describe, expect, it } from 'vitest'
import { byMessage, type ScheduledDelivery, toLocalField, untilWords } from './scheduled-view.ts'

const delivery = (messageId: string, subscription: string): ScheduledDelivery => ({
  messageId,
  subscription,
  deliveryId: `${messageId}-${subscription}`,
  conversationId: 'c',
  name: 'shop.opened',
  kind: 'event',
  dueAt: '2026-03-29T01:30:00.000Z',
  sentAt: '2026-03-28T01:30:00.000Z',
  key: null,
  subjectId: null,
})

describe('what is due later', () => {
  it('is shown message by message, with all that waits for each', () => {
    const rows = byMessage([delivery('1', 'a'), delivery('2', 'a'), delivery('1', 'b')])
    expect(rows.map((each) => [each.messageId, each.subscriptions])).toEqual([
      ['1', ['a', 'b']],
      ['2', ['a']],
    ])
    expect(rows[0]!.deliveryIds).toEqual(['1-a', '1-b'])
  })

  it('fills a field for local time with the minute that leads back to it', () => {
    const field = toLocalField('2026-06-01T10:20:30.000Z')
    expect(new Date(field).toISOString()).toBe('2026-06-01T10:20:00.000Z')
  })

  it('tells how long it is until then', () => {
    expect([-5, 9_400, 90_000, 3 * 3_600_000 - 400, 26 * 3_600_000, 73 * 3_600_000].map(untilWords)).toEqual([
      'now',
      'in 9 s',
      'in 2 min',
      'in 3 h 0 min',
      'in 26 h 0 min',
      'in 3 days',
    ])
  })
})
