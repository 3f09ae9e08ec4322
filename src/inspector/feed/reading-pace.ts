/** What changes soon after another is read with it. */
const SHORTEST_MS = 100
/** Each read costs the database something, however little it finds: while much changes fewer serve the eye as well. */
const LONGEST_MS = 300
/** Little enough to be drawn at once without a pause for the page. */
const AIM = 150
const FEW = 25

/** How long a read waits for more, so that it finds about as much as is drawn at once. */
export class ReadingPace {
  readonly #now: () => number
  #readAt: number
  #waitMs = SHORTEST_MS

  /** @param now milliseconds, from any beginning */
  constructor(now: () => number) {
    this.#now = now
    this.#readAt = now()
  }

  get waitMs(): number {
    return this.#waitMs
  }

  hasRead(changes: number): void {
    const now = this.#now()
    const msForAim = ((now - this.#readAt) * AIM) / Math.max(1, changes)
    this.#readAt = now
    this.#waitMs = changes <= FEW ? SHORTEST_MS : Math.min(LONGEST_MS, Math.max(SHORTEST_MS, msForAim))
  }
}
