/** Deliveries that are fetched ahead wait about this long at most for one that runs to end. */
const QUICK_MS = 100
/** So long a handler goes on with what is fetched at once. */
const AHEAD_MS = 25
const WEIGHT = 0.1

/** How long attempts take on this node, smoothed. */
export class Pace {
  readonly #averages = new Map<string, number>()

  ended(subscription: string, durationMs: number): void {
    const before = this.#averages.get(subscription) ?? durationMs
    this.#averages.set(subscription, before + (durationMs - before) * WEIGHT)
  }

  /** What came before says nothing of what goes on now. */
  forget(subscription: string): void {
    this.#averages.delete(subscription)
  }

  /**
   * How many to fetch ahead for each that runs: one at least, where the one before ends soon. Nobody knows before the
   * first attempt has ended; of what is slow none is.
   */
  aheadOf(subscription: string): number {
    const ms = this.#averages.get(subscription) ?? Number.POSITIVE_INFINITY
    return ms <= QUICK_MS ? Math.max(1, Math.floor(AHEAD_MS / ms)) : 0
  }
}
