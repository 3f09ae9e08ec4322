import { randomUUID } from 'node:crypto'
import type {
  ClaimedDelivery,
  EagerDispatch,
  EagerLeases,
  PlannedDelivery,
  PlannedMessage,
  Registry,
} from '../bus/index.ts'
import type { InHand } from './in-hand.ts'
import type { Intake } from './intake.ts'

export interface EagerLeasingOptions {
  registry: Registry
  intake: Pick<Intake, 'canBegin'>
  hand: Pick<InHand, 'counts' | 'reserve' | 'unreserve'>
  leaseMs: number
  /** Whether this node handles anything at all now. */
  isOpen(): boolean
  begin(leased: readonly ClaimedDelivery[]): void
}

/** Leases what this node sends to handlers of its own that have room and an empty queue. */
export class EagerLeasing implements EagerDispatch {
  readonly #options: EagerLeasingOptions

  constructor(options: EagerLeasingOptions) {
    this.#options = options
  }

  lease(messages: readonly PlannedMessage[]): EagerLeases {
    const given = this.#options.isOpen() ? messages.map((each) => this.#leaseOf(each)) : messages
    const { hand, begin } = this.#options
    const leased = given.filter((each) => each.deliveries.some((delivery) => delivery.lease !== null))
    const unreserve = () => {
      for (const { deliveries } of leased) {
        for (const { lease, subscription } of deliveries) if (lease) hand.unreserve(subscription)
      }
    }
    return {
      messages: given,
      begin: (isStored) => {
        const stored = leased.filter(isStored).flatMap(claimedOf)
        // Whoever sent goes on first: a caller who waits for a reply has it before what follows from it is under way.
        setImmediate(() => {
          // In this order: a node that stops waits for what is reserved, and must not find its hands empty in between.
          begin(stored)
          unreserve()
        })
      },
      letGo: unreserve,
    }
  }

  #leaseOf(message: PlannedMessage): PlannedMessage {
    const { dueAt, occurredAt } = message.envelope
    if (dueAt > occurredAt) return message
    return { ...message, deliveries: message.deliveries.map((each) => this.#leaseIfRoom(each)) }
  }

  #leaseIfRoom(delivery: PlannedDelivery): PlannedDelivery {
    const { registry, intake, hand, leaseMs } = this.#options
    if (delivery.skipReason !== null || delivery.parkedReason !== null) return delivery
    const registered = registry.subscriptions.get(delivery.subscription)
    if (!registered || !intake.canBegin(registered.subscription, hand.counts)) return delivery
    hand.reserve(delivery.subscription)
    return { ...delivery, lease: { token: randomUUID(), ms: leaseMs } }
  }
}

function claimedOf({ envelope, deliveries }: PlannedMessage): ClaimedDelivery[] {
  const { occurredAt, expiresAt } = envelope
  const staleAt = expiresAt && performance.now() + expiresAt.getTime() - occurredAt.getTime()
  return deliveries.flatMap(({ deliveryId, subscription, maxAttempts, lease }) =>
    lease
      ? [
          {
            ...{ deliveryId, subscription, maxAttempts, envelope, staleAt },
            ...{ attempt: 1, lostBefore: false, leaseToken: lease.token },
          },
        ]
      : [],
  )
}
