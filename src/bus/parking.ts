/**
 * What a build cannot read is parked: it stays pending and visible with its reason, no attempt is counted, and it is
 * delivered once a build knows it.
 */
import type { Catalog } from './catalog.ts'
import { BusError } from './errors.ts'
import type { DeliveryStore, UnitOfWork } from './ports.ts'
import type { Registry } from './registry.ts'

/** Why it is parked, when that is what an error means: another build may well read it. */
export function parkingReason(error: unknown): string | null {
  if (!(error instanceof BusError)) return null
  return error.code === 'unknown-message' || error.code === 'cannot-upcast' ? error.message : null
}

/** Why this build could not hand a stored message to its subscription, or null when it could. */
export function unreadableReason(
  { registry, catalog }: { registry: Registry; catalog: Catalog },
  { subscription, ...stored }: { subscription: string } & Parameters<Catalog['decode']>[0],
): string | null {
  const registered = registry.subscriptions.get(subscription)
  if (!registered) return `This build has no subscription ${subscription}.`
  try {
    catalog.decode(stored, registered.subscription.message)
    return null
  } catch (error) {
    return (error as Error).message
  }
}

interface Parts {
  registry: Registry
  catalog: Catalog
  storage: { deliveries: Pick<DeliveryStore, 'findParked' | 'unpark'>; unitOfWork: UnitOfWork }
}

const BATCH = 100

/** Lets go of everything that is parked and that this build can read. Returns how many. */
export async function unparkReadable({ registry, catalog, storage }: Parts): Promise<number> {
  const { deliveries, unitOfWork } = storage
  const names = [...registry.subscriptions.keys()]
  let freed = 0
  let after: string | null = null
  for (;;) {
    const parked = await deliveries.findParked(names, after, BATCH)
    const readable = parked
      .filter((each) => {
        const { message } = registry.subscriptions.get(each.subscription)!.subscription
        return isReadable(() => catalog.decode(each, message))
      })
      .map((each) => each.deliveryId)
    if (readable.length > 0) freed += await unitOfWork.run((tx) => deliveries.unpark(tx, readable))
    if (parked.length < BATCH) return freed
    after = parked.at(-1)!.deliveryId
  }
}

/** What is broken in another way than that is for the handler's policy to decide: it is let go, too. */
function isReadable(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch (error) {
    return parkingReason(error) === null
  }
}
