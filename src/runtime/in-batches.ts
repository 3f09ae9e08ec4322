import type { ClaimedDelivery, Registry } from '../bus/index.ts'

/** What runs together: deliveries of a batch handler up to its size, every other on its own. In the order given. */
export function inBatches(claimed: readonly ClaimedDelivery[], registry: Registry): ClaimedDelivery[][] {
  const batches: ClaimedDelivery[][] = []
  const open = new Map<string, ClaimedDelivery[]>()
  for (const delivery of claimed) {
    const { subscription } = delivery
    const maxSize = registry.subscriptions.get(subscription)?.subscription.batch?.maxSize ?? 1
    const batch = open.get(subscription)
    if (batch && batch.length < maxSize) {
      batch.push(delivery)
      continue
    }
    const next = [delivery]
    batches.push(next)
    if (maxSize > 1) open.set(subscription, next)
  }
  return batches
}
