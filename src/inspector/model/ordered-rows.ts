import type { MessageRow } from './view.ts'

/** Messages in the order of time, oldest first, kept by insertion: what comes last costs no look at the others. */
export class OrderedRows {
  readonly #rows: MessageRow[] = []

  get length(): number {
    return this.#rows.length
  }

  at(index: number): MessageRow | undefined {
    return this.#rows[index]
  }

  slice(): MessageRow[] {
    return this.#rows.slice()
  }

  insert(row: MessageRow): void {
    const last = this.#rows.at(-1)
    if (!last || isBefore(last, row)) this.#rows.push(row)
    else this.#rows.splice(this.#placeOf(row), 0, row)
  }

  /** Puts the newer version of a row in the place of the one that is there. */
  replace(row: MessageRow): void {
    const index = this.indexOf(row)
    if (index >= 0) this.#rows[index] = row
  }

  remove(row: MessageRow): void {
    const index = this.indexOf(row)
    if (index >= 0) this.#rows.splice(index, 1)
  }

  /** Where the message is; -1 when it is not there. */
  indexOf(row: MessageRow): number {
    const index = this.#placeOf(row)
    return this.#rows[index]?.messageId === row.messageId ? index : -1
  }

  /** How many are older than the given one. */
  countBefore(row: MessageRow): number {
    return this.#placeOf(row)
  }

  dropOldest(count: number): MessageRow[] {
    return count > 0 ? this.#rows.splice(0, count) : []
  }

  clear(): void {
    this.#rows.length = 0
  }

  /** The first place whose row is not older. */
  #placeOf(row: MessageRow): number {
    let from = 0
    let to = this.#rows.length
    while (from < to) {
      const middle = (from + to) >>> 1
      if (isBefore(this.#rows[middle]!, row)) from = middle + 1
      else to = middle
    }
    return from
  }
}

/** ISO times and ids are compared as they are written: that is their order, and a hundred times cheaper than a locale's. */
function isBefore(a: MessageRow, b: MessageRow): boolean {
  return a.occurredAt < b.occurredAt || (a.occurredAt === b.occurredAt && a.messageId < b.messageId)
}
