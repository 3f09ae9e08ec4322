import type { ClaimedDelivery } from './ports.ts'

/** Whether its time to live is over. */
export function isStale({ staleAt }: Pick<ClaimedDelivery, 'staleAt'>): boolean {
  return staleAt !== null && staleAt <= performance.now()
}
