import type { Tx } from '../ports.ts'
import type { RecurringState, RecurringStore } from '../recurring.ts'

/** Up to when each recurring message was sent, in the memory of one process. */
export class InMemoryRecurring implements RecurringStore {
  readonly #states = new Map<string, RecurringState>()
  readonly #stage: (tx: Tx, change: () => void, undo: () => void) => void
  readonly #now: () => number

  constructor(stage: (tx: Tx, change: () => void, undo: () => void) => void, now: () => number) {
    this.#stage = stage
    this.#now = now
  }

  async begin(names: readonly string[]): Promise<void> {
    for (const name of names) {
      if (!this.#states.has(name)) this.#states.set(name, { lastDueAt: new Date(this.#now()), lastMessageId: null })
    }
  }

  /** As if it had been looked at last at that time. */
  rewind(name: string, lastDueAt: Date): void {
    this.#states.set(name, { lastDueAt, lastMessageId: null })
  }

  async findAll(): Promise<ReadonlyMap<string, RecurringState>> {
    return new Map(this.#states)
  }

  /** Taken at once, as a lock on its row would have it, and put back when the transaction is rolled back. */
  async claimDue(tx: Tx, name: string, dueAt: Date): Promise<boolean> {
    const before = this.#states.get(name)
    if (!before || before.lastDueAt >= dueAt || dueAt.getTime() > this.#now()) return false
    this.#states.set(name, { ...before, lastDueAt: dueAt })
    this.#stage(
      tx,
      () => {},
      () => void this.#states.set(name, before),
    )
    return true
  }

  async noteSent(tx: Tx, name: string, messageId: string): Promise<void> {
    this.#stage(
      tx,
      () => void this.#states.set(name, { ...this.#states.get(name)!, lastMessageId: messageId }),
      () => {},
    )
  }
}
