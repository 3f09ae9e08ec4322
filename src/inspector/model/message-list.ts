import { type Changed, KnownMessages } from './known-messages.ts'
import { OrderedRows } from './ordered-rows.ts'
import type { MessageRow } from './view.ts'

/** Messages as a viewer knows them, oldest first, the newest of them up to a limit. */
export class MessageList {
  readonly #known: KnownMessages
  readonly #rows = new OrderedRows()
  readonly #limit: number
  #shown: readonly MessageRow[] | null = []

  constructor(limit: number) {
    this.#limit = limit
    this.#known = new KnownMessages(limit)
  }

  /** Oldest first. The same array until something changes. */
  get messages(): readonly MessageRow[] {
    this.#shown ??= this.#rows.slice()
    return this.#shown
  }

  /** Returns whether anything is new. */
  merge(changed: Changed): boolean {
    const changes = this.#known.take(changed)
    for (const { before, now } of changes) {
      if (before) this.#rows.replace(now)
      else this.#rows.insert(now)
    }
    this.#known.forget(this.#rows.dropOldest(this.#rows.length - this.#limit))
    if (changes.length > 0) this.#shown = null
    return changes.length > 0
  }

  clear(): void {
    this.#known.clear()
    this.#rows.clear()
    this.#shown = []
  }
}
