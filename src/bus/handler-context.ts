import type { Catalog } from './catalog.ts'
import type { Envelope } from './envelope.ts'
import type { Outgoing, TransactionalContext } from './handlers.ts'
import { type Attempt, collectOutgoing } from './outgoing.ts'
import type { Clock, PlannedMessage, Tx } from './ports.ts'
import type { Registry } from './registry.ts'

interface Parts {
  catalog: Catalog
  registry: Registry
  clock: Clock
}

/** What a handler works with. Most handlers send nothing: what holds back their messages is made for those that do. */
export class HandlerContext implements TransactionalContext {
  readonly envelope: Envelope
  readonly attempt: number
  readonly clock: Clock
  readonly #parts: Parts
  readonly #current: Attempt
  readonly #tx: Tx | null
  #outgoing: ReturnType<typeof collectOutgoing> | undefined
  #isClosed = false

  constructor(parts: Parts, current: Attempt, tx: Tx | null) {
    this.envelope = current.delivery.envelope
    this.attempt = current.delivery.attempt
    this.clock = parts.clock
    this.#parts = parts
    this.#current = current
    this.#tx = tx
  }

  get send(): Outgoing['send'] {
    return this.#held().send
  }

  get publish(): Outgoing['publish'] {
    return this.#held().publish
  }

  get signal(): AbortSignal {
    return this.#current.abort.signal
  }

  get tx(): Tx {
    if (this.#tx) return this.#tx
    throw new Error(`${this.#current.subscription.name} is effectful: it has no transaction. Declare it with handle().`)
  }

  /** The attempt has ended: what it sent, and nothing more. */
  close(): readonly PlannedMessage[] {
    this.#isClosed = true
    return this.#outgoing?.close() ?? []
  }

  #held(): ReturnType<typeof collectOutgoing> {
    this.#outgoing ??= collectOutgoing(this.#parts, this.#current)
    if (this.#isClosed) this.#outgoing.close()
    return this.#outgoing
  }
}
