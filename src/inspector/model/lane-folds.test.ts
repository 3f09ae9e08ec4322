import { describe, expect, it } from 'vitest'
import type { DeliveryState } from '../../bus/message.ts'
import { laneItems, moreShown } from './lane-folds.ts'

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
