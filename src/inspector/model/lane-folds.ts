import type { DeliveryState } from '../../bus/message.ts'

/** Above it, lanes that go well are put together by their state. */
export const MANY = 12
/** So few of a state are not worth a fold. */
const FEWEST = 5
/** What unfolds first, and with every further press. */
export const FIRST_SHOWN = 20
export const MORE_SHOWN = 50

/** What is in trouble, or under way, is never folded. */
const FOLDED: readonly DeliveryState[] = ['succeeded', 'skipped', 'pending', 'discarded']

export type LaneItem<Lane> =
  | { kind: 'lane'; lane: Lane }
  | { kind: 'fold'; state: DeliveryState; count: number; shown: number }

/** Where there is little room, the number of those that there is none for, too. */
export type CompactItem<Lane> = LaneItem<Lane> | { kind: 'rest'; count: number }

/**
 * The lanes of a fan-out in their order, with those of one state as one line where there are many. `shown` says how
 * many of a state the reader has unfolded; one that is selected is always there.
 */
export function laneItems<Lane extends { deliveryId: string; state: DeliveryState }>(
  lanes: readonly Lane[],
  shown: ReadonlyMap<DeliveryState, number>,
  selected: string | undefined,
): LaneItem<Lane>[] {
  if (lanes.length <= MANY) return lanes.map((lane) => ({ kind: 'lane', lane }))
  return folded(lanes, shown, selected, FEWEST)
}

/**
 * The same in so many lines at most, however little room that is: what goes well is folded first, then what is in
 * trouble is counted. One that is selected is always there.
 */
export function laneItemsWithin<Lane extends { deliveryId: string; state: DeliveryState }>(
  lanes: readonly Lane[],
  selected: string | null,
  lines: number,
): CompactItem<Lane>[] {
  if (lanes.length <= lines) return lanes.map((lane) => ({ kind: 'lane', lane }))
  const items = folded(lanes, new Map(), selected ?? undefined, 2)
  if (items.length <= lines) return items
  const isSelected = (item: LaneItem<Lane>) => item.kind === 'lane' && item.lane.deliveryId === selected
  // One line says what is left out.
  const others = items.filter((each) => !isSelected(each)).slice(0, Math.max(0, lines - 1 - (selected ? 1 : 0)))
  const kept = items.filter((each) => others.includes(each) || isSelected(each))
  const isTold = (lane: Lane) =>
    kept.some((each) => (each.kind === 'lane' ? each.lane === lane : each.state === lane.state))
  return [...kept, { kind: 'rest', count: lanes.filter((each) => !isTold(each)).length }]
}

function folded<Lane extends { deliveryId: string; state: DeliveryState }>(
  lanes: readonly Lane[],
  shown: ReadonlyMap<DeliveryState, number>,
  selected: string | undefined,
  fewest: number,
): LaneItem<Lane>[] {
  const counts = new Map<DeliveryState, number>()
  for (const { state } of lanes) counts.set(state, (counts.get(state) ?? 0) + 1)
  const isFolded = (state: DeliveryState) => FOLDED.includes(state) && (counts.get(state) ?? 0) >= fewest
  const seen = new Map<DeliveryState, number>()
  const kept = lanes.filter(({ state, deliveryId }) => {
    if (!isFolded(state)) return true
    const place = (seen.get(state) ?? 0) + 1
    seen.set(state, place)
    return place <= (shown.get(state) ?? 0) || deliveryId === selected
  })
  const folds = [...counts].filter(([state]) => isFolded(state))
  return [
    ...kept.map((lane) => ({ kind: 'lane' as const, lane })),
    ...folds.map(([state, count]) => ({
      kind: 'fold' as const,
      state,
      count,
      shown: Math.min(count, shown.get(state) ?? 0),
    })),
  ]
}

/** How many of a state are shown after one more press. */
export function moreShown(shown: number): number {
  return shown === 0 ? FIRST_SHOWN : shown + MORE_SHOWN
}
