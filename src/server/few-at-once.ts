/** Lets a few at a time through under one key. The others wait for their turn, in the order they came. */
export class FewAtOnce {
  readonly #places: number
  readonly #under = new Map<string, { inside: number; waiting: (() => void)[] }>()

  constructor(places: number) {
    this.#places = places
  }

  async run<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    await this.#enter(key)
    try {
      return await work()
    } finally {
      this.#leave(key)
    }
  }

  #enter(key: string): Promise<void> | undefined {
    const here = this.#under.get(key) ?? { inside: 0, waiting: [] }
    this.#under.set(key, here)
    if (here.inside >= this.#places) return new Promise((resolve) => here.waiting.push(resolve))
    here.inside += 1
  }

  #leave(key: string): void {
    const here = this.#under.get(key)
    const next = here?.waiting.shift()
    // Whoever waited longest takes the place over.
    if (next) next()
    else if (here && --here.inside === 0) this.#under.delete(key)
  }
}
