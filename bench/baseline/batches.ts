/** Claims batches for loops that take turns, and lets them sleep while there is nothing to do. */
export class Batches<Item> {
  readonly #claim: (limit: number) => Promise<Item[]>
  readonly #size: number
  readonly #sleeping: (() => void)[] = []
  #isWoken = false
  #isStopped = false
  #buffer: Item[] = []
  #filling: Promise<void> | undefined

  constructor(claim: (limit: number) => Promise<Item[]>, size: number) {
    this.#claim = claim
    this.#size = size
  }

  /** Something was committed: one loop that sleeps looks, or the next that would fall asleep. */
  wake(): void {
    const resolve = this.#sleeping.shift()
    if (resolve) resolve()
    else this.#isWoken = true
  }

  stop(): void {
    this.#isStopped = true
    for (const resolve of this.#sleeping.splice(0)) resolve()
  }

  /** The next batch, at least one item; null when it was stopped. */
  async next(): Promise<Item[] | null> {
    while (!this.#isStopped) {
      this.#isWoken = false
      const batch = await this.#claim(this.#size)
      // As many as it asked for: there may be more, for another loop.
      if (batch.length === this.#size) this.wake()
      if (batch.length > 0) return batch
      await this.#sleep()
    }
    return null
  }

  /** The next item, out of batches that are shared. */
  async one(): Promise<Item | null> {
    while (this.#buffer.length === 0 && !this.#isStopped) {
      this.#filling ??= this.next().then((batch) => {
        this.#buffer = batch ?? []
        this.#filling = undefined
      })
      await this.#filling
    }
    return this.#buffer.shift() ?? null
  }

  async #sleep(): Promise<void> {
    if (this.#isWoken || this.#isStopped) return
    await new Promise<void>((resolve) => this.#sleeping.push(resolve))
  }
}
