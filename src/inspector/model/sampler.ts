/** Messages a second from which on only some are shown, down to which that lasts, and how many are shown then. */
const FROM = 250
const DOWN_TO = 150
const SHOWN = 100
/** From so many a second on nothing is made of a single one any more. */
const RUSH = 40
const WINDOW_MS = 1_000

/** Which rows of many are shown, counted from the newest. */
export interface Pick {
  length: number
  /** Of how many one is shown. */
  oneOf: number
  /** The place among all rows, the oldest first, of a row that is shown. */
  toRow(index: number): number
  /** Where a row is shown, or the next older one that is. */
  toIndex(row: number): number
}

/** Faster than one can read and a screen can draw, one message of several stands for all. Nothing is lost by it. */
export class Sampler {
  readonly #now: () => number
  #since: number
  #count = 0
  #oneOf = 1
  #isRush = false

  constructor(now: () => number) {
    this.#now = now
    this.#since = now()
  }

  /** Whether messages come so fast that each is seen for less time than a sign of its coming takes. */
  get isRush(): boolean {
    return this.#isRush
  }

  /** Messages that came. The rate of a second decides about the next; returns whether that was another one. */
  note(count: number): boolean {
    const before = this.#oneOf
    const elapsed = this.#now() - this.#since
    if (elapsed >= WINDOW_MS) {
      const rate = (this.#count * 1_000) / elapsed
      this.#isRush = rate > RUSH
      if (rate > FROM) this.#oneOf = Math.ceil(rate / SHOWN)
      else if (rate < DOWN_TO) this.#oneOf = 1
      this.#count = 0
      this.#since = this.#now()
    }
    this.#count += count
    return this.#oneOf !== before
  }

  /**
   * Of so many rows those to show. `gone` older ones were there before them: a row that is shown stays so while others
   * come and go.
   */
  pickOf(count: number, gone: number): Pick {
    const oneOf = this.#oneOf
    const newest = count - 1 - modulo(count - 1 + gone, oneOf)
    return {
      length: Math.floor(newest / oneOf) + 1,
      oneOf,
      toRow: (index) => newest - index * oneOf,
      toIndex: (row) => Math.max(0, Math.ceil((newest - row) / oneOf)),
    }
  }
}

function modulo(number: number, by: number): number {
  return ((number % by) + by) % by
}
