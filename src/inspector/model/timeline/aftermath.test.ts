import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anyTimeline, delivery, message, timeline } from '../testing/timelines.ts'
import { aftermathOf } from './aftermath.ts'
import { causeTreeOf } from './cause-tree.ts'
import { boundsOf } from './timeline.ts'

const NOW = 10_000
const of = (...messages: Parameters<typeof timeline>) => [...aftermathOf(causeTreeOf(timeline(...messages)), NOW)]
const done = (id: string, settledAt: number) => delivery(id, { state: 'succeeded', startedAt: 0, settledAt })

it('lasts to the end of the last that a delivery set off, however far below', () => {
  const first = message('m1', [done('a', 10), done('b', 90)])
  const second = message('m2', [done('c', 40)], { at: 5, causeDeliveryId: 'a' })
  const third = message('m3', [done('d', 70)], { at: 20, causeDeliveryId: 'c' })
  expect(of(first, second, third)).toEqual([
    ['c', { from: 40, to: 70 }],
    ['a', { from: 10, to: 70 }],
  ])
})

it('goes on for as long as something below runs, and not for what waits for its time', () => {
  const first = message('m1', [done('a', 10)])
  const running = message('m2', [delivery('c', { state: 'running', startedAt: 20 })], { at: 5, causeDeliveryId: 'a' })
  const later = message('m2', [delivery('c', { dueAt: 2 * NOW })], { at: 5, causeDeliveryId: 'a' })
  expect(of(first, running)).toEqual([['a', { from: 10, to: NOW }]])
  expect(of(first, later)).toEqual([])
})

it('never lasts longer than the conversation, whatever its shape', () => {
  fc.assert(
    fc.property(anyTimeline, (any) => {
      const { end } = boundsOf(any, NOW)
      for (const { to } of aftermathOf(causeTreeOf(any), NOW).values()) expect(to).toBeLessThanOrEqual(end)
    }),
  )
})
