import type { DeliveryView, MessageRow } from './view.ts'

interface Changed {
  messages: readonly MessageRow[]
  deliveries: readonly DeliveryView[]
}

/**
 * Messages as a viewer knows them, oldest first. What comes twice, late or in another order ends the same: of two
 * versions of a delivery the one with the higher revision stays.
 */
export class MessageList {
  readonly #messages = new Map<string, MessageRow>()
  /** Changes of deliveries whose message has not come yet. */
  readonly #early = new Map<string, DeliveryView[]>()
  readonly #limit: number
  #sorted: readonly MessageRow[] = []

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Oldest first. The same array until something changes. */
  get messages(): readonly MessageRow[] {
    return this.#sorted
  }

  /** Returns whether anything is new. */
  merge({ messages, deliveries }: Changed): boolean {
    const added = messages.map((each) => this.#mergeMessage(each)).some(Boolean)
    const changed = deliveries.map((each) => this.#mergeDelivery(each)).some(Boolean)
    if (added || changed) this.#sort()
    return added || changed
  }

  clear(): void {
    this.#messages.clear()
    this.#early.clear()
    this.#sorted = []
  }

  #mergeMessage(message: MessageRow): boolean {
    const known = this.#messages.get(message.messageId)
    const early = this.#early.get(message.messageId) ?? []
    this.#early.delete(message.messageId)
    const deliveries = [...message.deliveries, ...early].reduce(withNewer, known?.deliveries ?? [])
    if (known && deliveries === known.deliveries) return false
    this.#messages.set(message.messageId, { ...message, deliveries })
    return true
  }

  #mergeDelivery(delivery: DeliveryView): boolean {
    const message = this.#messages.get(delivery.messageId)
    if (!message) {
      this.#early.set(delivery.messageId, [...(this.#early.get(delivery.messageId) ?? []), delivery])
      return false
    }
    const deliveries = withNewer(message.deliveries, delivery)
    if (deliveries === message.deliveries) return false
    this.#messages.set(message.messageId, { ...message, deliveries })
    return true
  }

  #sort(): void {
    const sorted = [...this.#messages.values()].sort(byTime)
    for (const dropped of sorted.splice(0, sorted.length - this.#limit)) this.#messages.delete(dropped.messageId)
    // Of messages older than the window nothing will come: do not keep their changes for ever.
    if (this.#early.size > this.#limit) this.#early.clear()
    this.#sorted = sorted
  }
}

function withNewer(deliveries: DeliveryView[], delivery: DeliveryView): DeliveryView[] {
  const index = deliveries.findIndex((each) => each.deliveryId === delivery.deliveryId)
  const known = deliveries[index]
  if (known) return known.revision >= delivery.revision ? deliveries : deliveries.with(index, delivery)
  return [...deliveries, delivery].sort((a, b) => a.position - b.position)
}

function byTime(a: MessageRow, b: MessageRow): number {
  return a.occurredAt.localeCompare(b.occurredAt) || a.messageId.localeCompare(b.messageId)
}
