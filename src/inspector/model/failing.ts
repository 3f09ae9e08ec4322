import type { DeliveryState } from '../../bus/message.ts'

interface Attempted {
  state: DeliveryState
  attempt: number
}

/**
 * Whether something went wrong with a delivery that has not gone well since. One that is tried again right now is still
 * failing: it would come and go with each attempt otherwise.
 */
export function isFailing({ state, attempt }: Attempted): boolean {
  if (state === 'dead' || state === 'retrying') return true
  return (state === 'running' && attempt > 1) || (state === 'pending' && attempt > 0)
}

/** Of those that fail the one to see first. */
export function worstFailing<T extends Attempted>(deliveries: readonly T[]): T | undefined {
  return (
    deliveries.find((each) => each.state === 'dead') ??
    deliveries.find((each) => each.state === 'retrying') ??
    deliveries.find(isFailing)
  )
}
