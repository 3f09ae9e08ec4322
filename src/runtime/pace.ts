/** Deliveries that are fetched ahead wait about this long at most for one that runs to end. */
const QUICK_MS = 100
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

  /** Whether it pays to fetch ahead of what runs. Nobody knows before the first attempt has ended. */
  isQuick(subscription: string): boolean {
    return (this.#averages.get(subscription) ?? Number.POSITIVE_INFINITY) <= QUICK_MS
  }
}
