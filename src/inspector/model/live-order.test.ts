import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LiveList } from './live-list.ts'
import { byTime, idsByDuration, inOrderOf, type OrderedView } from './live-order.ts'
import { aDelivery, aMessage } from './testing/views.ts'

const NOON = Date.parse('2026-01-01T12:00:00.000Z')
const idOf = (second: number) => `m${String(second).padStart(6, '0')}`

/** The message of a second after noon; where it took so long, it is done. */
const at = (second: number, tookMs: number | null = null, revision = 0) => {
  const sent = NOON + second * 1_000
  const settledAt = tookMs === null ? null : new Date(sent + tookMs).toISOString()
  const delivery = aDelivery(idOf(second), `d${second}`, {
    state: tookMs === null ? 'pending' : 'succeeded',
    settledAt,
    revision,
  })
  return aMessage(idOf(second), [delivery], { occurredAt: new Date(sent).toISOString() })
}
const listOf = (...messages: ReturnType<typeof at>[]) => {
  const list = new LiveList({ limit: 1_000 })
  list.merge({ messages, deliveries: [] }, true)
  return list
}
const shown = (view: OrderedView) => Array.from({ length: view.length }, (_, index) => view.at(index)?.messageId)

describe('the order of the live list', () => {
  it('has the newest at the top or at the bottom, the one the other way round', () => {
    const list = listOf(at(1), at(2), at(3))
    const [down, up] = [byTime(list.messages, 'top'), byTime(list.messages, 'bottom')]
    expect(shown(down)).toEqual([3, 2, 1].map(idOf))
    expect(shown(up)).toEqual([1, 2, 3].map(idOf))
    expect([down.at(down.newest), up.at(up.newest)]).toEqual([list.messages.at(0), list.messages.at(0)])
    expect([up.at(-1), up.at(3), up.indexOf('another')]).toEqual([undefined, undefined, -1])
  })

  it('knows the one sent just before a row, wherever that one is', () => {
    const list = listOf(at(1), at(2), at(3))
    for (const newestAt of ['top', 'bottom'] as const) {
      const view = byTime(list.messages, newestAt)
      const before = (second: number) => view.sentBefore(view.indexOf(idOf(second)))?.messageId
      expect([3, 2, 1].map(before)).toEqual([idOf(2), idOf(1), undefined])
    }
  })

  it('has the gap in the same place, between the same two rows', () => {
    const list = listOf(at(1), at(2))
    list.cut()
    expect(byTime(list.messages, 'top').gapBefore).toBe(0)
    expect(byTime(list.messages, 'bottom').gapBefore).toBe(2)
    list.merge({ messages: [at(6), at(7)], deliveries: [] }, true)
    const [down, up] = [byTime(list.messages, 'top'), byTime(list.messages, 'bottom')]
    expect(down.gapBefore).toBe(down.indexOf(idOf(2)))
    expect(up.gapBefore).toBe(up.indexOf(idOf(6)))
    // What was sent before it may be among what is missing.
    expect(down.sentBefore(down.indexOf(idOf(6)))).toBeUndefined()
    expect(up.sentBefore(up.indexOf(idOf(6)))).toBeUndefined()
    expect(up.sentBefore(up.indexOf(idOf(7)))?.messageId).toBe(idOf(6))
  })

  it('finds every row where it is, in either direction', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 500 }), { minLength: 1 }), (seconds) => {
        const list = listOf(...seconds.map((second) => at(second)))
        for (const view of [byTime(list.messages, 'top'), byTime(list.messages, 'bottom')])
          for (const [place, id] of shown(view).entries()) expect(view.indexOf(id!)).toBe(place)
        expect(shown(byTime(list.messages, 'bottom'))).toEqual(shown(byTime(list.messages, 'top')).reverse())
      }),
    )
  })
})

describe('sorted by how long they took', () => {
  it('has the slowest or the fastest first, and what is open last', () => {
    const list = listOf(at(1, 20), at(2), at(3, 5), at(4, 900))
    expect(idsByDuration(list.messages, 'slowest')).toEqual([4, 1, 3, 2].map(idOf))
    expect(idsByDuration(list.messages, 'fastest')).toEqual([3, 1, 4, 2].map(idOf))
  })

  it('keeps every row in its place while it changes', () => {
    const list = listOf(at(1, 20), at(2), at(3, 5))
    list.hold()
    const ids = idsByDuration(list.messages, 'slowest')
    const places = new Map(ids.map((id, place) => [id, place]))
    list.merge({ messages: [at(2, 5_000, 1), at(9)], deliveries: [] }, true)
    const view = inOrderOf(list.messages, ids, places)
    expect(shown(view)).toEqual([1, 3, 2].map(idOf))
    expect(view.at(2)?.deliveries[0]?.state).toBe('succeeded')
    expect([view.indexOf(idOf(3)), view.indexOf(idOf(9))]).toEqual([1, -1])
  })
})
