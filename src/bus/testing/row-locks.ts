interface Held<Owner> {
  by: Owner
  released: PromiseWithResolvers<void>
}

/** Rows that a transaction holds until it ends, as row locks of a database would have it. */
export class RowLocks<Owner> {
  readonly #held = new Map<string, Held<Owner>>()

  /** Waits for whoever has it. */
  async lock(by: Owner, row: string): Promise<void> {
    while (!this.tryLock(by, row)) await this.#held.get(row)!.released.promise
  }

  /** Returns whether it is held by this owner now. */
  tryLock(by: Owner, row: string): boolean {
    const held = this.#held.get(row)
    if (held) return held.by === by
    this.#held.set(row, { by, released: Promise.withResolvers() })
    return true
  }

  release(by: Owner): void {
    for (const [row, held] of this.#held) {
      if (held.by !== by) continue
      this.#held.delete(row)
      held.released.resolve()
    }
  }
}
