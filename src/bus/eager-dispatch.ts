import type { PlannedMessage } from './ports.ts'

/**
 * From the sender straight to the handlers on the same node: a delivery that can begin there at once is leased as it is
 * stored, so that no claim has to find it first. What waits is never overtaken.
 */
export interface EagerDispatch {
  /** Gives a lease to each delivery that there is room for now. `begin` or `letGo` must follow. */
  lease(messages: readonly PlannedMessage[]): EagerLeases
}

export interface EagerLeases {
  /** The same messages, with the leases. */
  readonly messages: readonly PlannedMessage[]
  /** Hands over what was stored; of a message that was there before nothing begins. */
  begin(isStored: (message: PlannedMessage) => boolean): void
  /** Nothing was stored, or nobody knows: a lease that was runs out, and no attempt is counted. */
  letGo(): void
}

type Lease = (messages: readonly PlannedMessage[]) => readonly PlannedMessage[]

/** Stores messages, those that can begin here with a lease, and begins them once they are stored. */
export async function dispatchEagerly<Result>(
  eager: EagerDispatch,
  store: (lease: Lease) => Promise<Result>,
  storedBy: (result: Result) => (message: PlannedMessage) => boolean = () => () => true,
): Promise<Result> {
  const leases: EagerLeases[] = []
  const lease: Lease = (messages) => {
    // Most handlers send nothing on.
    if (messages.length === 0) return messages
    const leased = eager.lease(messages)
    leases.push(leased)
    return leased.messages
  }
  try {
    const result = await store(lease)
    if (leases.length === 0) return result
    const isStored = storedBy(result)
    for (const each of leases) each.begin(isStored)
    return result
  } catch (error) {
    for (const each of leases) each.letGo()
    throw error
  }
}
