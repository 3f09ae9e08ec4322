import { describe, expect, it } from 'vitest'
import type { DeliveryState } from '../../bus/message.ts'
import { laneItems, laneItemsWithin, moreShown } from './lane-folds.ts'

const lanes = (states: readonly DeliveryState[]) => states.map((state, index) => ({ deliveryId: `d${index}`, state }))
const many = lanes([...Array<DeliveryState>(40).fill('succeeded'), 'dead', 'running', 'skipped'])
const words = (items: ReturnType<typeof laneItems>) =>
  items.map((each) => (each.kind === 'lane' ? each.lane.deliveryId : `${each.state} ${each.shown}/${each.count}`))

describe('the lanes of a large fan-out', () => {
  it('are all there where there are few', () => {
    expect(laneItems(lanes(['succeeded', 'dead']), new Map(), undefined)).toHaveLength(2)
  })

  it('are one line for each state that goes well; what is in trouble stays, and so does what is rare', () => {
    expect(words(laneItems(many, new Map(), undefined))).toEqual(['d40', 'd41', 'd42', 'succeeded 0/40'])
  })

  it('unfold in steps, in their order, and never hide the one that is selected', () => {
    expect(moreShown(0)).toBe(20)
    expect(moreShown(20)).toBe(70)
    const some = words(laneItems(many, new Map([['succeeded', 2]]), 'd30'))
    expect(some).toEqual(['d0', 'd1', 'd30', 'd40', 'd41', 'd42', 'succeeded 2/40'])
    const all = words(laneItems(many, new Map([['succeeded', 70]]), undefined))
    expect(all.at(-1)).toBe('succeeded 40/40')
    expect(all).toHaveLength(44)
  })
})

describe('the lanes of a fan-out where there is little room', () => {
  const within = (states: readonly DeliveryState[], selected: string | null, lines: number) =>
    laneItemsWithin(lanes(states), selected, lines).map((each) =>
      each.kind === 'lane' ? each.lane.deliveryId : each.kind === 'fold' ? `${each.count} ${each.state}` : each.count,
    )

  it('are all there as long as they fit; then what goes well is folded, but for the one that is pointed at', () => {
    const states: DeliveryState[] = ['succeeded', 'dead', 'succeeded', 'succeeded', 'skipped']
    expect(within(states, null, 5)).toEqual(['d0', 'd1', 'd2', 'd3', 'd4'])
    expect(within(states, 'd2', 4)).toEqual(['d1', 'd2', 'd4', '3 succeeded'])
  })

  it('are counted where even what is in trouble does not fit', () => {
    const states: DeliveryState[] = ['succeeded', 'succeeded', ...Array<DeliveryState>(20).fill('dead')]
    expect(within(states, 'd15', 4)).toEqual(['d2', 'd3', 'd15', 19])
    expect(within(states, null, 4)).toEqual(['d2', 'd3', 'd4', 19])
    expect(within(states, 'd0', 1)).toEqual(['d0', 21])
  })
})
