import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyTimeline, delivery, message, timeline } from '../testing/timelines.ts'
import { causeGraphOf, graphMove } from './cause-graph.ts'
import { causeTreeOf } from './cause-tree.ts'
import type { Timeline } from './timeline.ts'
import { treeRows } from './tree-rows.ts'

const graph = (whole: Timeline, folded = new Set<string>()) =>
  causeGraphOf(treeRows(causeTreeOf(whole), { folded, hidden: new Set(), errorsOnly: false }))

const whole = timeline(
  message('a', [delivery('x'), delivery('y', { position: 1 })]),
  message('b', [], { at: 1, causeId: 'a', causeDeliveryId: 'x' }),
  message('c', [], { at: 2, causeId: 'a', causeDeliveryId: 'y' }),
)

test('what a message caused stands at its right, and the message in the middle of it', () => {
  const { nodes, columns, rows } = graph(whole)
  expect(nodes.map(({ message: { id }, column, row, by }) => [id, column, row, by])).toEqual([
    ['a', 0, 0.5, null],
    ['b', 1, 0, 'test.x'],
    ['c', 1, 1, 'test.y'],
  ])
  expect([columns, rows]).toEqual([2, 2])
})

test('what is folded is counted', () => {
  expect(graph(whole, new Set(['x'])).nodes.map((each) => [each.message.id, each.hidden])).toEqual([
    ['a', 1],
    ['c', 0],
  ])
})

test('keys lead to the cause, to what was caused, and to the neighbours', () => {
  const drawn = graph(whole)
  expect(['ArrowRight', 'ArrowLeft', 'ArrowDown', 'Enter'].map((key) => graphMove(key, drawn, 0))).toEqual([
    1,
    0,
    0,
    null,
  ])
  expect([graphMove('ArrowDown', drawn, 1), graphMove('ArrowUp', drawn, 2), graphMove('ArrowLeft', drawn, 2)]).toEqual([
    2, 1, 0,
  ])
})

test('no two messages lie at one place, whatever the conversation', () => {
  fc.assert(
    fc.property(anyTimeline, (any) => {
      const { nodes } = graph(any)
      expect(nodes).toHaveLength(any.messages.length)
      expect(new Set(nodes.map(({ column, row }) => `${column} ${row}`)).size).toBe(nodes.length)
    }),
  )
})
