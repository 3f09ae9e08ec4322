import type { Capacity, ClaimedDelivery } from '../bus/index.ts'

interface Floor {
  dueAt: Date
  deliveryId: string
  setAt: number
}

export const LOWEST_ID = '00000000-0000-0000-0000-000000000000'

const HOLDS_MS = 100

/**
 * Where the last claim of a subscription ended. What was claimed leaves its entry in the index until a vacuum, and
 * under a backlog every claim would walk over all of them again; so the next one begins behind the last. That could
 * pass over a delivery that is older and was committed later: a floor holds for a tenth of a second only, and not at
 * all once a claim has found less than there was room for.
 */
export class ClaimFloors {
  readonly #floors = new Map<string, Floor>()
  readonly #now: () => number

  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  of(subscription: string): Floor | undefined {
    const floor = this.#floors.get(subscription)
    if (floor && this.#now() - floor.setAt > HOLDS_MS) this.#floors.delete(subscription)
    return this.#floors.get(subscription)
  }

  /** Takes note of a claim. Returns what is to be claimed again from the very beginning. */
  remember(capacities: readonly Capacity[], claimed: readonly ClaimedDelivery[]): Capacity[] {
    const missed: Capacity[] = []
    for (const capacity of capacities) {
      const own = claimed.filter((each) => each.subscription === capacity.subscription)
      const before = this.#floors.get(capacity.subscription)
      this.#floors.delete(capacity.subscription)
      if (own.length >= capacity.free) this.#floors.set(capacity.subscription, this.#highest(own, before))
      else if (before) missed.push({ ...capacity, free: capacity.free - own.length })
    }
    return missed
  }

  /** The time of the first floor stays: it must not be put off for as long as there is a backlog. */
  #highest(own: readonly ClaimedDelivery[], before: Floor | undefined): Floor {
    const highest = own.reduce((a, b) => (isAbove(a, b) ? a : b))
    const { deliveryId, envelope } = highest
    return { deliveryId, dueAt: envelope.dueAt, setAt: before?.setAt ?? this.#now() }
  }
}

function isAbove(one: ClaimedDelivery, other: ClaimedDelivery): boolean {
  const difference = one.envelope.dueAt.getTime() - other.envelope.dueAt.getTime()
  return difference > 0 || (difference === 0 && one.deliveryId > other.deliveryId)
}
