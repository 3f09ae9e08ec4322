import { describe, expect, it } from 'vitest'
import { delivery, message, timeline } from '../testing/timelines.ts'
import { aDelivery, aMessage } from '../testing/views.ts'
import { TimelineStore } from './timeline-store.ts'

const at = (ms: number) => new Date(ms).toISOString()
const states = (store: TimelineStore) => store.messages.messages.map((each) => each.deliveries.map((one) => one.state))

describe('a timeline that is followed', () => {
  it('takes new messages in the order of time, whenever they come', () => {
    const store = new TimelineStore(timeline(message('b', [], { at: 20 })))
    const messages = [aMessage('c', [], { occurredAt: at(30) }), aMessage('a', [], { occurredAt: at(10) })]
    expect(store.merge({ messages, deliveries: [] })).toBe(true)
    expect(store.messages.messages.map((each) => each.id)).toEqual(['a', 'b', 'c'])
    expect(store.merge({ messages, deliveries: [] })).toBe(false)
  })

  it('keeps the newer of two versions, and what comes before its message', () => {
    const store = new TimelineStore(timeline())
    const done = aDelivery('m', 'd', { state: 'succeeded', revision: 2 })
    store.merge({ messages: [], deliveries: [done] })
    store.merge({
      messages: [aMessage('m', [aDelivery('m', 'd')])],
      deliveries: [aDelivery('m', 'd', { state: 'running', revision: 1 })],
    })
    expect(states(store)).toEqual([['succeeded']])
  })

  it('asks once for the failures of what has failed, and keeps them', () => {
    const store = new TimelineStore(timeline())
    const failing = aDelivery('m', 'd', { state: 'retrying', attempt: 1, revision: 2 })
    store.merge({ messages: [aMessage('m', [failing])], deliveries: [] })
    expect(store.takeFailed(9)).toEqual(['d'])
    expect(store.takeFailed(9)).toEqual([])
    store.addFailures([['d', 1, 5, 9]])
    store.merge({ messages: [], deliveries: [{ ...failing, state: 'running', revision: 3 }] })
    expect(store.messages.messages[0]?.deliveries[0]).toMatchObject({
      state: 'running',
      failures: [{ number: 1, startedAt: 5, finishedAt: 9 }],
    })
  })

  it('begins anew after a long absence', () => {
    const store = new TimelineStore(timeline(message('old')))
    store.clear()
    store.merge({ messages: [aMessage('new')], deliveries: [] })
    expect(store.messages.messages.map((each) => each.id)).toEqual(['new'])
  })

  it('asks once to be read again after that, and loses nothing that came meanwhile', () => {
    const store = new TimelineStore(timeline())
    expect(store.takeCut()).toBe(false)
    store.clear()
    const done = aDelivery('a', 'd', { state: 'succeeded', revision: 2 })
    store.merge({ messages: [aMessage('a', [done]), aMessage('new', [], { occurredAt: at(90) })], deliveries: [] })
    expect([store.takeCut(), store.takeCut()]).toEqual([true, false])
    const failures = [{ number: 1, startedAt: 5, finishedAt: 9 }]
    const read = delivery('d', { state: 'running', revision: 1, failures })
    store.refill(timeline(message('a', [read]), message('b', [], { at: 50 })))
    expect(store.messages.messages.map((each) => each.id)).toEqual(['a', 'b', 'new'])
    expect(store.messages.messages[0]?.deliveries[0]).toMatchObject({ state: 'succeeded', failures })
  })
})
