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
  const counts = new Map<DeliveryState, number>()
  for (const { state } of lanes) counts.set(state, (counts.get(state) ?? 0) + 1)
  const isFolded = (state: DeliveryState) => FOLDED.includes(state) && (counts.get(state) ?? 0) >= FEWEST
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
