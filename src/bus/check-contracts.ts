import type { Catalog } from './catalog.ts'
import { unreadableReason } from './parking.ts'
import type { PersonKeys } from './person-keys.ts'
import type { DeliveryStore, WaitingDelivery } from './ports.ts'
import type { Registry } from './registry.ts'

interface Parts {
  registry: Registry
  catalog: Catalog
  people: Pick<PersonKeys, 'open'>
  deliveries: Pick<DeliveryStore, 'findWaiting'>
}

/** What waits, or died, and could not be read. */
export type UnreadableDelivery = Omit<WaitingDelivery, 'body'> & { problem: string }

export interface ContractCheck {
  checked: number
  problems: UnreadableDelivery[]
}

/** However much waits, only so much of it is in memory. */
const BATCH = 500

/** Whether this build could read everything that waits or may be retried: asked before a deploy, with the new build. */
export async function checkContracts({ registry, catalog, people, deliveries }: Parts): Promise<ContractCheck> {
  const check: ContractCheck = { checked: 0, problems: [] }
  let after: string | null = null
  for (;;) {
    const waiting = await deliveries.findWaiting(after, BATCH)
    // Together: the keys that are not known are asked for at once.
    const opened = await Promise.all(waiting.map((each) => people.open(each.body)))
    for (const [index, { body: _, ...delivery }] of waiting.entries()) {
      const { value: body, isErased } = opened[index]!
      // What nobody can read any more is skipped when its turn comes.
      const problem = isErased ? null : unreadableReason({ registry, catalog }, { ...delivery, body })
      if (problem !== null) check.problems.push({ ...delivery, problem })
    }
    check.checked += waiting.length
    if (waiting.length < BATCH) return check
    after = waiting.at(-1)!.deliveryId
  }
}
