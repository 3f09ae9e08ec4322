/** Nothing takes this long by itself: something was lost. */
const STALLED_MS = 60_000

interface Waiting {
  count: number
  resolve(): void
  reject(error: Error): void
}

/** Counts up, and tells whoever waits for a number. */
export class Tally {
  #count = 0
  #waiting: Waiting[] = []
  #lastSeen = 0
  readonly #stalledMs: number
  #watch: NodeJS.Timeout | undefined

  constructor(stalledMs = STALLED_MS) {
    this.#stalledMs = stalledMs
  }

  add(count: number): void {
    this.#count += count
    const reached = this.#waiting.filter((each) => this.#count >= each.count)
    if (reached.length === 0) return
    this.#waiting = this.#waiting.filter((each) => this.#count < each.count)
    for (const each of reached) each.resolve()
    this.#watchWhileWaiting()
  }

  /** Rejects when the count stands still below that number. */
  async until(count: number): Promise<void> {
    if (this.#count >= count) return
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push({ count, resolve, reject })
      this.#watchWhileWaiting()
    })
  }

  #watchWhileWaiting(): void {
    clearInterval(this.#watch)
    if (this.#waiting.length === 0) return
    this.#lastSeen = this.#count
    this.#watch = setInterval(() => this.#look(), this.#stalledMs)
  }

  #look(): void {
    if (this.#count !== this.#lastSeen) {
      this.#lastSeen = this.#count
      return
    }
    clearInterval(this.#watch)
    for (const each of this.#waiting.splice(0)) {
      each.reject(new Error(`It stands still at ${this.#count} of ${each.count}.`))
    }
  }
}
