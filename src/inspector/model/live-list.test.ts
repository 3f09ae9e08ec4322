import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LiveList } from './live-list.ts'
import { aDelivery, aMessage } from './testing/views.ts'
import type { MessageRow } from './view.ts'

const NOON = Date.parse('2026-01-01T12:00:00.000Z')

/** The message of a second after noon. */
const at = (second: number, state: 'pending' | 'dead' = 'pending', revision = 0): MessageRow =>
  aMessage(`m${String(second).padStart(6, '0')}`, [aDelivery(`m${second}`, `d${second}`, { state, revision })], {
    occurredAt: new Date(NOON + second * 1_000).toISOString(),
  })
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => at(from + index))
const secondOf = (row: MessageRow | undefined) => (row ? (Date.parse(row.occurredAt) - NOON) / 1_000 : null)
const shown = (list: LiveList) =>
  Array.from({ length: list.messages.length }, (_, index) => secondOf(list.messages.at(index)))
const come = (list: LiveList, ...messages: MessageRow[]) => list.merge({ messages, deliveries: [] }, true)

describe('the live list', () => {
  it('shows the newest first, and keeps as many as it may', () => {
    const list = new LiveList({ limit: 3 })
    come(list, at(1), at(3))
    come(list, at(2), at(4))
    expect(shown(list)).toEqual([4, 3, 2])
  })

  it('holds still: what is new waits, and what is late waits too', () => {
    const list = new LiveList({ limit: 10 })
    come(list, at(2), at(4))
    list.hold()
    come(list, at(5), at(3), at(6, 'dead'))
    expect(shown(list)).toEqual([4, 2])
    expect(list.messages.news).toEqual({ count: 3, failed: 1 })
    list.follow()
    expect(shown(list)).toEqual([6, 5, 4, 3, 2])
    expect(list.messages.news).toEqual({ count: 0, failed: 0 })
  })

  it('changes in place what it shows, and counts what fails while it waits', () => {
    const list = new LiveList({ limit: 10 })
    come(list, at(1))
    list.hold()
    come(list, at(2))
    come(list, at(1, 'dead', 1), at(2, 'dead', 1))
    expect(list.messages.at(0)?.deliveries[0]?.state).toBe('dead')
    expect(list.messages.news).toEqual({ count: 1, failed: 1 })
    come(list, at(2, 'pending', 2))
    expect(list.messages.news).toEqual({ count: 1, failed: 0 })
  })

  it('lets go of what fits no more, though not under the eyes of a reader', () => {
    const fits = ({ deliveries }: MessageRow) => deliveries[0]?.state === 'pending'
    const list = new LiveList({ limit: 10, fits })
    come(list, at(1), at(2), at(3))
    come(list, at(2, 'dead', 1))
    expect(shown(list)).toEqual([3, 1])
    list.hold()
    come(list, at(3, 'dead', 1))
    expect(shown(list)).toEqual([3, 1])
    list.follow()
    expect(shown(list)).toEqual([1])
  })

  it('says where messages are missing until they have come', () => {
    const list = new LiveList({ limit: 10 })
    come(list, at(1), at(2))
    list.cut()
    come(list, at(6), at(7))
    expect(list.messages.gapBefore).toBe(2)
    come(list, at(3), at(4))
    expect(shown(list)).toEqual([7, 6, 4, 3, 2, 1])
    expect(list.messages.gapBefore).toBe(4)
    list.mend()
    expect(list.messages.gapBefore).toBeNull()
  })

  it('counts all that waits, and shows nothing that does not join on', () => {
    const list = new LiveList({ limit: 3 })
    come(list, at(1), at(2))
    list.hold()
    come(list, ...range(3, 8))
    expect(list.messages.news.count).toBe(5)
    expect(list.isWhole).toBe(false)
    list.follow()
    expect(shown(list)).toEqual([7, 6, 5])
    expect(list.messages.cuts).toBe(1)
    expect(list.isWhole).toBe(true)
  })

  it('shows some of many when they come too fast to be read, and the same ones as long as they are there', () => {
    let now = NOON
    const list = new LiveList({ limit: 10_000, now: () => now })
    come(list, ...range(0, 500))
    now += 1_000
    come(list, ...range(500, 600))
    expect(list.messages.oneOf).toBe(5)
    const first = shown(list)
    expect(first).toHaveLength(120)
    come(list, ...range(600, 610))
    expect(shown(list).slice(2)).toEqual(first)
    expect(list.messages.count).toBe(610)
    expect(list.messages.indexOf(at(609).messageId)).toBe(0)
    now += 1_000
    expect(list.settle()).toBe(true)
    expect(list.messages.length).toBe(610)
  })

  it('says when messages come so fast that no single one is to be made much of', () => {
    let now = NOON
    const list = new LiveList({ limit: 10_000, now: () => now })
    come(list, ...range(0, 60))
    expect(list.messages.isRush).toBe(false)
    now += 1_000
    come(list, at(60))
    expect(list.messages.isRush).toBe(true)
    now += 5_000
    come(list, at(61))
    expect(list.messages.isRush).toBe(false)
  })

  it('takes no snapshot for haste', () => {
    let now = NOON
    const list = new LiveList({ limit: 10_000, now: () => now })
    list.merge({ messages: range(0, 500), deliveries: [] })
    now += 1_000
    come(list, at(500))
    expect(list.messages.oneOf).toBe(1)
  })

  it('ends with each message once, in order, however it came and whatever was held', () => {
    const steps = fc.array(
      fc.oneof(
        fc.integer({ min: 0, max: 30 }).map((second) => ({ second })),
        fc.constantFrom('hold' as const, 'follow' as const, 'cut' as const, 'mend' as const),
      ),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(steps, (made) => {
        const list = new LiveList({ limit: 100 })
        const all = new Set<number>()
        for (const step of made) {
          if (typeof step === 'string') list[step]()
          else {
            const before = shown(list)
            const isHeld = list.messages.news.count > 0
            come(list, at(step.second))
            all.add(step.second)
            if (isHeld) expect(shown(list)).toEqual(before)
          }
        }
        list.follow()
        expect(shown(list)).toEqual([...all].sort((a, b) => b - a))
      }),
    )
  })
})
