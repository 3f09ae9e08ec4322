import type { DeliveryView, MessageRow } from './view.ts'

export interface Changed {
  messages: readonly MessageRow[]
  deliveries: readonly DeliveryView[]
}

/** A message that is new, or of which a delivery changed. */
export interface RowChange {
  /** Undefined when it is new. */
  before: MessageRow | undefined
  now: MessageRow
}

/**
 * Messages as a viewer knows them, by id. What comes twice, late or in another order ends the same: of two versions of
 * a delivery the one with the higher revision stays.
 */
export class KnownMessages {
  readonly #messages = new Map<string, MessageRow>()
  /** Changes of deliveries whose message has not come yet. */
  readonly #early = new Map<string, DeliveryView[]>()
  readonly #maxEarly: number

  constructor(maxEarly: number) {
    this.#maxEarly = maxEarly
  }

  /** Takes in what comes, and returns what is news in it: each message once. */
  take({ messages, deliveries }: Changed): RowChange[] {
    const changes = new Map<string, RowChange>()
    for (const message of messages) this.#note(changes, this.#takeMessage(message))
    for (const delivery of deliveries) this.#note(changes, this.#takeDelivery(delivery))
    // Of messages older than the window nothing will come: do not keep their changes for ever.
    if (this.#early.size > this.#maxEarly) this.#early.clear()
    return [...changes.values()]
  }

  get(messageId: string): MessageRow | undefined {
    return this.#messages.get(messageId)
  }

  forget(messages: readonly MessageRow[]): void {
    for (const { messageId } of messages) this.#messages.delete(messageId)
  }

  clear(): void {
    this.#messages.clear()
    this.#early.clear()
  }

  #note(changes: Map<string, RowChange>, now: MessageRow | null): void {
    if (!now) return
    const noted = changes.get(now.messageId)
    changes.set(now.messageId, { before: noted ? noted.before : this.#messages.get(now.messageId), now })
    this.#messages.set(now.messageId, now)
  }

  #takeMessage(message: MessageRow): MessageRow | null {
    const known = this.#messages.get(message.messageId)
    const early = this.#early.get(message.messageId) ?? []
    this.#early.delete(message.messageId)
    const deliveries = [...message.deliveries, ...early].reduce(withNewer, known?.deliveries ?? [])
    return known && deliveries === known.deliveries ? null : { ...message, deliveries }
  }

  #takeDelivery(delivery: DeliveryView): MessageRow | null {
    const message = this.#messages.get(delivery.messageId)
    if (!message) {
      this.#early.set(delivery.messageId, [...(this.#early.get(delivery.messageId) ?? []), delivery])
      return null
    }
    const deliveries = withNewer(message.deliveries, delivery)
    return deliveries === message.deliveries ? null : { ...message, deliveries }
  }
}

function withNewer(deliveries: DeliveryView[], delivery: DeliveryView): DeliveryView[] {
  const index = deliveries.findIndex((each) => each.deliveryId === delivery.deliveryId)
  const known = deliveries[index]
  if (known) return known.revision >= delivery.revision ? deliveries : deliveries.with(index, delivery)
  return [...deliveries, delivery].sort((a, b) => a.position - b.position)
}
