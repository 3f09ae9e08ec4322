import type { Capacity, RateLimit } from '../bus/index.ts'

/** What one handler could take in now, were it alone. */
export interface Room extends Capacity {
  /** Deliveries of it that run on this node. */
  running: number
  priority: number
  rateLimit: RateLimit | null
}

/**
 * Shares what is left of the node's room: the higher priority first, and among equals all alike, whatever each could
 * take. A handler of which nothing runs may always take one, even where nothing is left, so that no flood and no
 * priority keeps another out for good.
 */
export function shareRoom(rooms: readonly Room[], left: number): readonly Room[] {
  if (sum(rooms) <= left) return rooms
  const shares = new Map<Room, number>()
  let rest = Math.max(0, left)
  for (const priority of prioritiesOf(rooms)) {
    rest = shareAlike(
      rooms.filter((each) => each.priority === priority),
      rest,
      shares,
    )
  }
  return rooms
    .map((room) => ({ ...room, free: Math.max(shares.get(room) ?? 0, room.running === 0 ? 1 : 0) }))
    .filter((room) => room.free > 0)
}

function prioritiesOf(rooms: readonly Room[]): number[] {
  return [...new Set(rooms.map((each) => each.priority))].sort((a, b) => b - a)
}

/** Whoever can take least comes first, and leaves what it cannot take to the others. Returns what is left then. */
function shareAlike(rooms: readonly Room[], left: number, shares: Map<Room, number>): number {
  const inOrder = rooms.toSorted((a, b) => a.free - b.free || a.running - b.running)
  return inOrder.reduce((rest, room, index) => {
    const share = Math.min(room.free, Math.ceil(rest / (inOrder.length - index)))
    shares.set(room, share)
    return rest - share
  }, left)
}

function sum(rooms: readonly Room[]): number {
  return rooms.reduce((total, each) => total + each.free, 0)
}
