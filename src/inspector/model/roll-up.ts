import type { DeliveryState } from '../../bus/message.ts'

/** The worse, the earlier: what an operator has to see first. */
const BY_URGENCY: readonly DeliveryState[] = [
  'dead',
  'retrying',
  'running',
  'pending',
  'succeeded',
  'discarded',
  'skipped',
]

/** One state for many: the most urgent, or null when there are none. */
export function rollUp(states: readonly DeliveryState[]): DeliveryState | null {
  return BY_URGENCY.find((each) => states.includes(each)) ?? null
}
