import { type Begun, type ClaimedDelivery, Interruption } from '../bus/index.ts'

/** Deliveries that run together: one, or a batch. */
export interface Taken {
  readonly deliveries: readonly Begun[]
  readonly subscription: string
  readonly takenAt: number
  /** Takes room of its handler's. */
  isRunning: boolean
}

/** What this node holds leases of: what was fetched ahead and waits for its handler's room, what runs, and what is being settled. */
export class InHand {
  readonly #held = new Set<Begun>()
  readonly #running = new Map<string, number>()
  readonly #waiting = new Map<string, Taken[]>()
  readonly #count = new Map<string, number>()
  #reserved = 0
  #onEmpty: (() => void) | undefined

  /** Keeps room for one that is being stored. `take` it or `unreserve` it. */
  reserve(subscription: string): void {
    this.#reserved += 1
    this.#add(this.#count, subscription, 1)
  }

  unreserve(subscription: string): void {
    this.#reserved -= 1
    this.#add(this.#count, subscription, -1)
    this.#tellWhenEmpty()
  }

  take(together: readonly ClaimedDelivery[]): void {
    const { subscription } = together[0]!
    const deliveries = together.map((delivery) => ({ delivery, abort: new Interruption() }))
    for (const each of deliveries) this.#held.add(each)
    this.#add(this.#count, subscription, together.length)
    const waiting = this.#waiting.get(subscription) ?? []
    waiting.push({ deliveries, subscription, takenAt: performance.now(), isRunning: false })
    this.#waiting.set(subscription, waiting)
  }

  /** Whether something that was fetched ahead waits for its handler's room. */
  hasWaiting(subscription: string): boolean {
    return (this.#waiting.get(subscription)?.length ?? 0) > 0
  }

  /** The next that may run where so many may run at once. A batch may exceed it where nothing runs. */
  next(subscription: string, concurrency: number): Taken | undefined {
    const running = this.#running.get(subscription) ?? 0
    const [first] = this.#waiting.get(subscription) ?? []
    if (!first || (running > 0 && running + first.deliveries.length > concurrency)) return undefined
    this.#waiting.get(subscription)!.shift()
    first.isRunning = true
    this.#add(this.#running, subscription, first.deliveries.length)
    return first
  }

  /** The handler has done its part, and has room for the next. */
  handled(taken: Taken): void {
    if (!taken.isRunning) return
    taken.isRunning = false
    this.#add(this.#running, taken.subscription, -taken.deliveries.length)
  }

  ended(taken: Taken): void {
    this.handled(taken)
    this.#letGo(taken)
  }

  /** A lease was lost: what runs is told, what waits never runs. */
  lose(leaseToken: string, reason: Error): void {
    const held = [...this.#held].find((each) => each.delivery.leaseToken === leaseToken)
    if (!held) return
    held.abort.abort(reason)
    this.#giveUp(held.delivery.subscription, (each) => each.deliveries.some(({ abort }) => abort.isAborted))
  }

  /**
   * What has waited for longer than it was to: those before it have become slow. It is held no more. Returns it, to be given
   * back to whoever has room.
   */
  giveUpWaiting(ms: number): ClaimedDelivery[] {
    const since = performance.now() - ms
    return [...this.#waiting.keys()].flatMap((name) => this.#giveUp(name, (each) => each.takenAt < since))
  }

  abortAll(reason: Error): void {
    for (const { abort } of this.#held) abort.abort(reason)
  }

  /** By subscription, all that is held. */
  get counts(): ReadonlyMap<string, number> {
    return this.#count
  }

  get running(): number {
    return [...this.#running.values()].reduce((sum, each) => sum + each, 0)
  }

  /**
   * What runs or is being settled. What waits is not among it: a renewal says that the handler runs, which would burn an
   * attempt, and its lease is fresh for as long as it is let wait.
   */
  get begun(): ClaimedDelivery[] {
    const waiting = new Set([...this.#waiting.values()].flat().flatMap((each) => each.deliveries))
    return [...this.#held].filter((each) => !waiting.has(each)).map((each) => each.delivery)
  }

  /** Resolves when nothing runs, nothing waits, and nothing is about to come. */
  async untilEmpty(): Promise<void> {
    if (this.#held.size + this.#reserved > 0) await new Promise<void>((resolve) => (this.#onEmpty = resolve))
  }

  #giveUp(subscription: string, isHopeless: (taken: Taken) => boolean): ClaimedDelivery[] {
    const waiting = this.#waiting.get(subscription) ?? []
    const hopeless = waiting.filter(isHopeless)
    if (hopeless.length === 0) return []
    this.#waiting.set(
      subscription,
      waiting.filter((each) => !hopeless.includes(each)),
    )
    for (const each of hopeless) this.#letGo(each)
    return hopeless.flatMap(({ deliveries }) => deliveries.map(({ delivery }) => delivery))
  }

  #letGo({ subscription, deliveries }: Taken): void {
    for (const each of deliveries) this.#held.delete(each)
    this.#add(this.#count, subscription, -deliveries.length)
    this.#tellWhenEmpty()
  }

  #tellWhenEmpty(): void {
    if (this.#held.size + this.#reserved === 0) this.#onEmpty?.()
  }

  #add(counts: Map<string, number>, subscription: string, change: number): void {
    counts.set(subscription, (counts.get(subscription) ?? 0) + change)
  }
}
