import { describe, expect, it } from 'vitest'
import type { ChartTransition } from '../../bus/index.ts'
import { chartOf } from '../../bus/index.ts'
import { defineOrders } from '../../bus/testing/index.ts'
import { type Box, layOut } from './chart-layout.ts'

const chart = chartOf(defineOrders(90_000))
const { boxes, edges, width, height } = layOut(chart)
const box = (path: string) => boxes.find((each) => each.path === path)!
const contains = (outer: Box, inner: Box) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height
const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

describe('the drawing of a chart', () => {
  it('has every state within its parent, the picture around all, and no two that overlap', () => {
    expect(boxes.map((each) => each.path)).toContain('open.payment.waiting')
    for (const each of boxes) {
      expect(contains({ ...each, x: 0, y: 0, width, height }, each), each.path).toBe(true)
      const parent = box(each.path.split('.').slice(0, -1).join('.'))
      if (parent) expect(contains(parent, each), each.path).toBe(true)
      const strangers = boxes.filter(
        (other) => !each.path.startsWith(other.path) && !other.path.startsWith(each.path) && overlap(each, other),
      )
      expect(strangers.map((other) => `${each.path} over ${other.path}`)).toEqual([])
    }
  })

  it('runs from left to right, regions one below the other', () => {
    expect(box('open.payment.paid').x).toBeGreaterThan(box('open.payment.waiting').x)
    expect(box('shipping').x).toBeGreaterThan(box('open').x + box('open').width)
    expect(box('open.packing').y).toBeGreaterThan(box('open.payment').y)
    expect(box('open.packing').x).toBe(box('open.payment').x)
  })

  it('says on each transition what moves it', () => {
    const labels = edges.map(({ from, to, label }) => `${from} ${label} ${to}`)
    expect(labels).toEqual(
      expect.arrayContaining([
        'open.payment.waiting paid open.payment.paid',
        'open.payment.waiting after 1 min 30 s late',
        'open all done shipping',
        'open cancelled cancelled',
        'paused ordered open',
      ]),
    )
    expect(edges).toHaveLength(chart.transitions.length)
  })

  it('puts what cannot be reached at the end', () => {
    const state = (name: string) => ({
      ...{ path: name, name, kind: 'simple' as const, description: null, initial: null, states: [] },
    })
    const transition: ChartTransition = {
      ...{ from: 'b', to: 'a', cause: 'own', name: 'back', delayMs: null, guard: 'isReady', actions: [] },
    }
    const drawn = layOut({ states: [state('a'), state('b')], transitions: [transition] })
    expect(drawn.boxes.map((each) => each.path)).toEqual(['a', 'b'])
    expect(drawn.edges[0]?.label).toBe('back [isReady]')
  })
})
