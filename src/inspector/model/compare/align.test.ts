import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyTimeline, delivery, message, timeline } from '../testing/timelines.ts'
import { causeTreeOf } from '../timeline/cause-tree.ts'
import type { Timeline } from '../timeline/timeline.ts'
import { compareTrees } from './align.ts'

const compare = (a: Timeline, b: Timeline) => compareTrees(causeTreeOf(a), causeTreeOf(b))
const mail = (id: string, changes = {}) =>
  delivery(id, { subscription: 'shop.mail', state: 'succeeded', attempt: 1, startedAt: 0, settledAt: 40, ...changes })

const good = timeline(
  message('a', [mail('a1'), delivery('a2', { subscription: 'shop.count', position: 1 })], { name: 'shop.paid' }),
  message('b', [], { at: 1, name: 'shop.mailed', causeId: 'a', causeDeliveryId: 'a1' }),
)
const bad = timeline(
  message(
    'x',
    [
      mail('x1', { state: 'dead', attempt: 2, settledAt: 1_900, lastError: 'no' }),
      delivery('x3', { subscription: 'shop.award', position: 1 }),
    ],
    { name: 'shop.paid', version: 2 },
  ),
)

test('what matches stands side by side, with what differs; what has no counterpart stands alone', () => {
  expect(
    compare(good, bad).map(({ level, name, a, b, differences }) => [level, name, a?.id, b?.id, differences]),
  ).toEqual([
    [1, 'shop.paid', 'a', 'x', ['version 2, not 1']],
    [2, 'shop.mail', 'a1', 'x1', ['dead, not succeeded', '2 attempts, not 1', '1.9 s slower', 'no']],
    [3, 'shop.mailed', 'b', undefined, ['only in A']],
    [2, 'shop.count', 'a2', undefined, ['only in A']],
    [2, 'shop.award', undefined, 'x3', ['only in B']],
  ])
})

test('a conversation does not differ from itself, and nothing is lost of any two', () => {
  fc.assert(
    fc.property(anyTimeline, anyTimeline, (a, b) => {
      expect(compare(a, a).filter((each) => each.differences.length > 0 || each.a?.id !== each.b?.id)).toEqual([])
      const rows = compare(a, b)
      for (const [side, whole] of [
        ['a', a],
        ['b', b],
      ] as const) {
        const shown = rows.flatMap((each) => each[side]?.id ?? [])
        expect(new Set(shown).size).toBe(shown.length)
        expect(shown).toHaveLength(causeTreeOf(whole).nodes.length)
      }
    }),
  )
})
