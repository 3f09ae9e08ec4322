import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Room, shareRoom } from './share-room.ts'

const room = (subscription: string, free: number, { running = 1, priority = 0 } = {}): Room => ({
  subscription,
  free,
  running,
  priority,
  order: null,
  rateLimit: null,
})
const shares = (rooms: readonly Room[]) => Object.fromEntries(rooms.map((each) => [each.subscription, each.free]))

describe('O8: the room of a node', () => {
  it('goes to everybody as far as each can take, while there is enough', () => {
    expect(shares(shareRoom([room('a', 10), room('b', 5)], 15))).toEqual({ a: 10, b: 5 })
  })

  it('is shared alike among equals, and what one cannot take goes to the others', () => {
    expect(shares(shareRoom([room('flood', 100), room('b', 2), room('c', 50)], 20))).toEqual({ flood: 9, b: 2, c: 9 })
  })

  it('goes to the higher priority first', () => {
    expect(shares(shareRoom([room('low', 10), room('high', 8, { priority: 1 })], 10))).toEqual({ low: 2, high: 8 })
  })

  it('always has a place for one of a handler of which nothing runs', () => {
    const rooms = [room('flood', 50, { running: 50, priority: 9 }), room('idle', 10, { running: 0 })]
    expect(shares(shareRoom(rooms, 0))).toEqual({ idle: 1 })
  })

  it('never gives more than there is, but for the one place of those that are idle', () => {
    const rooms = fc.array(
      fc.record({
        free: fc.integer({ min: 1, max: 50 }),
        running: fc.integer({ min: 0, max: 5 }),
        priority: fc.integer({ min: -2, max: 2 }),
      }),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(rooms, fc.integer({ min: -5, max: 200 }), (given, left) => {
        const before = given.map(({ free, ...rest }, index) => room(String(index), free, rest))
        const after = shareRoom(before, left)
        const idle = before.filter((each) => each.running === 0).length
        const granted = after.reduce((total, each) => total + each.free, 0)
        expect(granted).toBeLessThanOrEqual(Math.max(0, left) + idle)
        for (const each of after) expect(each.free).toBeLessThanOrEqual(before[Number(each.subscription)]!.free)
        // Nothing is left lying while somebody could take it.
        expect(granted).toBeGreaterThanOrEqual(
          Math.min(
            Math.max(0, left),
            before.reduce((total, each) => total + each.free, 0),
          ),
        )
      }),
    )
  })
})
