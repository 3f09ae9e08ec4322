import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { ClaimedDelivery } from '../bus/index.ts'
import { InHand } from './in-hand.ts'

const delivery = (leaseToken: string, subscription = 'a') => ({ leaseToken, subscription }) as ClaimedDelivery

describe('what a node has in hand', () => {
  let hand: InHand
  beforeEach(() => {
    hand = new InHand()
  })
  const take = (...tokens: string[]) => {
    for (const token of tokens) hand.take([delivery(token)])
  }
  const nextToken = (concurrency: number) => hand.next('a', concurrency)?.deliveries[0]?.delivery.leaseToken

  it('runs in the order in which it was fetched, as many at once as may', () => {
    take('1', '2', '3')
    expect([nextToken(2), nextToken(2), nextToken(2)]).toEqual(['1', '2', undefined])
    expect([hand.running, hand.counts.get('a')]).toEqual([2, 3])
  })

  it('has room for the next once a handler has done its part, and is empty once all is settled', async () => {
    take('1', '2')
    const first = hand.next('a', 1)!
    hand.handled(first)
    const second = hand.next('a', 1)!
    expect(hand.running).toBe(1)
    const empty = vi.fn()
    const emptied = hand.untilEmpty().then(empty)
    hand.ended(second)
    await Promise.resolve()
    expect(empty).not.toHaveBeenCalled()
    hand.ended(first)
    await emptied
    expect([hand.running, hand.counts.get('a')]).toEqual([0, 0])
  })

  it('lets a batch exceed the room where nothing runs', () => {
    hand.take([delivery('1'), delivery('2')])
    hand.take([delivery('3'), delivery('4')])
    expect(hand.next('a', 1)?.deliveries).toHaveLength(2)
    expect(hand.next('a', 1)).toBeUndefined()
  })

  it('never runs what waits and has lost its lease; what runs is told', () => {
    take('1', '2')
    const first = hand.next('a', 1)!
    hand.lose('1', new Error('taken over'))
    hand.lose('2', new Error('taken over'))
    expect(first.deliveries[0]!.abort.signal.aborted).toBe(true)
    hand.ended(first)
    expect(nextToken(1)).toBeUndefined()
    expect(hand.counts.get('a')).toBe(0)
  })

  it('D14: tells what has begun from what waits, also once it is being settled', () => {
    take('1', '2', '3')
    const first = hand.next('a', 1)!
    const begun = () => hand.begun.map((each) => each.leaseToken)
    expect(begun()).toEqual(['1'])
    hand.handled(first)
    hand.next('a', 1)
    expect(begun()).toEqual(['1', '2'])
    hand.ended(first)
    expect(begun()).toEqual(['2'])
  })

  it('gives up what has waited for too long, and never what runs', () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    take('1', '2')
    hand.next('a', 1)
    vi.advanceTimersByTime(1_000)
    take('3')
    expect(hand.giveUpWaiting(500).map((each) => each.leaseToken)).toEqual(['2'])
    vi.useRealTimers()
    expect(hand.counts.get('a')).toBe(2)
    expect(nextToken(2)).toBe('3')
  })
})
