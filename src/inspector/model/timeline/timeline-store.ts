import type { DeliveryView, MessageRow } from '../view.ts'
import { type PackedFailure, toFailure } from './packed.ts'
import type { Failure, Timeline, TimelineDelivery, TimelineMessage } from './timeline.ts'

interface Changed {
  messages: readonly MessageRow[]
  deliveries: readonly DeliveryView[]
}

/**
 * A conversation as one viewer knows it. What comes twice, late or in another order ends the same: of two versions of
 * a delivery the one with the higher revision stays.
 */
export class TimelineStore {
  #timeline: Timeline
  readonly #indexes = new Map<string, number>()
  /** Changes of deliveries whose message has not come yet. */
  readonly #early = new Map<string, TimelineDelivery[]>()
  /** Deliveries that failed since their failures were read. */
  readonly #failed = new Set<string>()
  #isCut = false

  constructor(timeline: Timeline) {
    this.#timeline = timeline
    this.#index()
  }

  /** The same until something changes. */
  get messages(): Timeline {
    return this.#timeline
  }

  /** Some of those whose failures are not all known, each told once. */
  takeFailed(most: number): string[] {
    const failed = [...this.#failed].slice(0, most)
    for (const id of failed) this.#failed.delete(id)
    return failed
  }

  /** Returns whether anything is new. */
  merge({ messages, deliveries }: Changed): boolean {
    const news = this.#timeline.messages.slice()
    let isChanged = false
    for (const message of messages) isChanged = this.#mergeMessage(news, message) || isChanged
    for (const delivery of deliveries) isChanged = this.#mergeDelivery(news, toDelivery(delivery)) || isChanged
    if (isChanged) this.#keep(news)
    return isChanged
  }

  /** What {@link takeFailed} named, when it was read. */
  addFailures(packed: readonly PackedFailure[]): void {
    const failuresOf = Map.groupBy(packed, ([deliveryId]) => deliveryId)
    this.#keep(
      this.#timeline.messages.map((message) =>
        message.deliveries.some((each) => failuresOf.has(each.id))
          ? { ...message, deliveries: message.deliveries.map((each) => withFailures(each, failuresOf.get(each.id))) }
          : message,
      ),
    )
  }

  clear(): void {
    this.#early.clear()
    this.#isCut = true
    this.#keep([])
  }

  /** Whether it was begun afresh, with what the feed tells of a long conversation: the beginning. Told once. */
  takeCut(): boolean {
    const isCut = this.#isCut
    this.#isCut = false
    return isCut
  }

  /** Takes in the whole of it, as it was read; what came since is newer, and stays. */
  refill({ messages }: Timeline): void {
    const known = new Map(this.#timeline.messages.map((each) => [each.id, each]))
    const read = messages.map((each) => {
      const other = known.get(each.id)
      known.delete(each.id)
      return other ? { ...each, deliveries: other.deliveries.reduce(withNewer, each.deliveries) } : each
    })
    this.#keep([...read, ...known.values()])
  }

  #mergeMessage(news: TimelineMessage[], row: MessageRow): boolean {
    const early = this.#early.get(row.messageId) ?? []
    this.#early.delete(row.messageId)
    const deliveries = [...row.deliveries.map(toDelivery), ...early]
    const index = this.#indexes.get(row.messageId)
    if (index !== undefined) return deliveries.map((each) => this.#mergeDelivery(news, each)).some(Boolean)
    this.#indexes.set(row.messageId, news.length)
    news.push({ ...toMessage(row), deliveries: deliveries.reduce(withNewer, []) })
    for (const each of deliveries) this.#noteFailed(each)
    return true
  }

  #mergeDelivery(news: TimelineMessage[], delivery: TimelineDelivery): boolean {
    const index = this.#indexes.get(delivery.messageId)
    const message = index === undefined ? undefined : news[index]
    if (index === undefined || !message) {
      this.#early.set(delivery.messageId, [...(this.#early.get(delivery.messageId) ?? []), delivery])
      return false
    }
    const deliveries = withNewer(message.deliveries, delivery)
    if (deliveries === message.deliveries) return false
    news[index] = { ...message, deliveries }
    this.#noteFailed(delivery)
    return true
  }

  #noteFailed({ id, attempt, state }: TimelineDelivery): void {
    if (attempt > 1 || (attempt === 1 && (state === 'retrying' || state === 'dead'))) this.#failed.add(id)
  }

  #keep(messages: readonly TimelineMessage[]): void {
    const isSorted = messages.every((each, index) => index === 0 || byTime(messages[index - 1]!, each) <= 0)
    this.#timeline = { ...this.#timeline, messages: isSorted ? messages : messages.toSorted(byTime) }
    this.#index()
  }

  #index(): void {
    this.#indexes.clear()
    for (const [index, { id }] of this.#timeline.messages.entries()) this.#indexes.set(id, index)
  }
}

function withNewer(deliveries: readonly TimelineDelivery[], delivery: TimelineDelivery): readonly TimelineDelivery[] {
  const index = deliveries.findIndex((each) => each.id === delivery.id)
  const known = deliveries[index]
  if (!known) return [...deliveries, delivery].sort((a, b) => a.position - b.position)
  return known.revision >= delivery.revision
    ? deliveries
    : deliveries.with(index, { ...delivery, failures: known.failures })
}

function withFailures(delivery: TimelineDelivery, packed: readonly PackedFailure[] | undefined): TimelineDelivery {
  return packed ? { ...delivery, failures: packed.map(toFailure) } : delivery
}

function byTime(a: TimelineMessage, b: TimelineMessage): number {
  return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

function toMessage(row: MessageRow): Omit<TimelineMessage, 'deliveries'> {
  return {
    id: row.messageId,
    kind: row.kind,
    name: row.name,
    version: row.version,
    at: Date.parse(row.occurredAt),
    causeId: row.causationId,
    causeDeliveryId: row.causationDeliveryId,
  }
}

const NONE: readonly Failure[] = []

function toDelivery(view: DeliveryView): TimelineDelivery {
  return {
    id: view.deliveryId,
    messageId: view.messageId,
    subscription: view.subscription,
    position: view.position,
    state: view.state,
    attempt: view.attempt,
    maxAttempts: view.maxAttempts,
    dueAt: Date.parse(view.dueAt),
    startedAt: view.startedAt === null ? null : Date.parse(view.startedAt),
    settledAt: view.settledAt === null ? null : Date.parse(view.settledAt),
    lastError: view.lastError,
    reason: view.reason,
    parkedReason: view.parkedReason,
    revision: view.revision,
    failures: NONE,
  }
}
