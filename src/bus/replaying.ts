import type { Catalog } from './catalog.ts'
import { type Envelope, newId } from './envelope.ts'
import { BusError } from './errors.ts'
import type { PlannedDelivery } from './ports.ts'
import type { Registry } from './registry.ts'

/**
 * The delivery of an old message to a subscription that did not exist when it was published.
 *
 * @throws BusError `no-handler`.
 */
export function planReplay(
  { catalog, registry }: { catalog: Catalog; registry: Registry },
  envelope: Envelope,
  name: string,
): PlannedDelivery {
  const registered = registry.subscriptions.get(name)
  if (!registered) throw new BusError('no-handler', `This build has no subscription ${name}.`)
  const { subscription, position, retry } = registered
  return {
    deliveryId: newId(),
    subscription: name,
    position,
    maxAttempts: retry.maxAttempts,
    lease: null,
    skipReason: skipReasonOf(catalog, envelope, subscription.skip),
    orderingKey: subscription.order ? envelope.key : null,
    // The pipeline parks what cannot be read.
    parkedReason: null,
  }
}

/** A body that cannot be read is not skipped: its delivery fails, and shows why. */
function skipReasonOf(catalog: Catalog, envelope: Envelope, skip: (body: unknown) => string | null): string | null {
  let body: unknown
  try {
    body = catalog.decode(envelope).body
  } catch {
    return null
  }
  return skip(body)
}
