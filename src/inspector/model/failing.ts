import type { DeliveryState } from '../../bus/message.ts'

/**
 * Whether something went wrong with a delivery that has not gone well since. One that is tried again right now is still
 * failing: it would come and go with each attempt otherwise.
 */
export function isFailing({ state, attempt }: { state: DeliveryState; attempt: number }): boolean {
  if (state === 'dead' || state === 'retrying') return true
  return (state === 'running' && attempt > 1) || (state === 'pending' && attempt > 0)
}
