import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MessageList } from './message-list.ts'
import { aDelivery, aMessage } from './testing/views.ts'

describe('the list of messages', () => {
  it('keeps the newer of two versions, whichever comes first', () => {
    const list = new MessageList(10)
    const newer = aDelivery('m1', 'd1', { revision: 2, state: 'succeeded' })
    list.merge({ messages: [aMessage('m1', [aDelivery('m1', 'd1')])], deliveries: [newer] })
    list.merge({
      messages: [aMessage('m1', [aDelivery('m1', 'd1', { revision: 1, state: 'running' })])],
      deliveries: [],
    })
    expect(list.messages[0]!.deliveries).toEqual([newer])
  })

  it('keeps a change that comes before its message', () => {
    const list = new MessageList(10)
    const early = aDelivery('m1', 'd1', { revision: 3, state: 'dead' })
    expect(list.merge({ messages: [], deliveries: [early] })).toBe(false)
    list.merge({ messages: [aMessage('m1', [aDelivery('m1', 'd1')])], deliveries: [] })
    expect(list.messages[0]!.deliveries).toEqual([early])
  })

  it('says when nothing is new, and keeps its array then', () => {
    const list = new MessageList(10)
    const batch = { messages: [aMessage('m1', [aDelivery('m1', 'd1')])], deliveries: [] }
    list.merge(batch)
    const before = list.messages
    expect(list.merge(batch)).toBe(false)
    expect(list.messages).toBe(before)
  })

  it('drops the oldest beyond its limit', () => {
    const list = new MessageList(2)
    for (const id of ['m3', 'm1', 'm2']) list.merge({ messages: [aMessage(id)], deliveries: [] })
    expect(list.messages.map((each) => each.messageId)).toEqual(['m2', 'm3'])
  })

  it('ends the same in whatever order, and however often, changes come', () => {
    const changes = fc.array(
      fc.record({
        message: fc.integer({ min: 0, max: 4 }),
        delivery: fc.integer({ min: 0, max: 2 }),
        revision: fc.integer({ min: 0, max: 9 }),
      }),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(changes, fc.array(fc.nat(), { maxLength: 80 }), (made, order) => {
        const views = made.map((each) =>
          aDelivery(`m${each.message}`, `m${each.message}-d${each.delivery}`, {
            revision: each.revision,
            position: each.delivery,
          }),
        )
        const messages = [0, 1, 2, 3, 4].map((each) => aMessage(`m${each}`))
        const straight = new MessageList(10)
        straight.merge({ messages, deliveries: views })
        const shuffled = new MessageList(10)
        for (const pick of order)
          if (views.length > 0) shuffled.merge({ messages: [], deliveries: [views[pick % views.length]!] })
        for (const message of messages.toReversed()) shuffled.merge({ messages: [message], deliveries: [] })
        shuffled.merge({ messages: [], deliveries: views.toReversed() })
        const seen = (list: MessageList) =>
          list.messages.map((each) => each.deliveries.map((one) => [one.deliveryId, one.revision]))
        expect(seen(shuffled)).toEqual(seen(straight))
      }),
    )
  })
})
