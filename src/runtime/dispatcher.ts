import {
  type AttemptEnd,
  backOffMs,
  type ClaimedDelivery,
  type DeliveryStore,
  type EagerDispatch,
  type HandlerSettingsStore,
  type Outages,
  type Pipeline,
  type RateLimits,
  type Registry,
  type Wake,
} from '../bus/index.ts'
import { EagerLeasing } from './eager-leasing.ts'
import { inBatches } from './in-batches.ts'
import { InHand, type Taken } from './in-hand.ts'
import { Intake } from './intake.ts'
import { LeaseKeeper } from './lease-keeper.ts'
import { LiveSettings } from './live-settings.ts'
import { Pace } from './pace.ts'
import { singly } from './singly.ts'

/** One moment of the dispatcher that logs and metrics are made of. */
export type DispatcherEvent =
  | { event: 'attempt.ended'; delivery: ClaimedDelivery; end: AttemptEnd; durationMs: number }
  | { event: 'leases.reaped'; count: number }
  | { event: 'deliveries.unparked'; count: number }
  | { event: 'dispatcher.failed'; error: unknown }
  /** It reaches the database again. */
  | { event: 'dispatcher.recovered' }

export interface DispatcherOptions {
  registry: Registry
  deliveries: DeliveryStore
  handlerSettings: HandlerSettingsStore
  rateLimits: RateLimits
  pipeline: Pipeline
  outages: Outages
  wake: Wake
  observe(event: DispatcherEvent): void
  /** A lease that is not renewed ends after this time. Bounds how long a crashed node's work waits. */
  leaseMs: number
  /** Longest time between two looks for work; the wake-up is what makes it fast. */
  pollMs: number
  /** How long `stop()` waits for attempts that run. */
  graceMs: number
  /** Deliveries in flight on this node. Handlers of which none is may exceed it by one each. */
  maxInFlight: number
}

const REFILL_MS = 2
const WORTH_A_LOOK = 0.5
const REFRESH_OUTAGES_MS = 1_000
/** What is due next is asked once no look has been for so long: a look takes all that is due anyway. */
const CALM_MS = 20
/** A question is judged by the database's clock later than it was asked: by twice what the answer before took, and by this at least. */
const MARGIN_MS = 20

/**
 * Leases due deliveries and runs the pipeline on each.
 *
 * idle ──start──▶ running ──stop──▶ draining ──▶ stopped
 */
export class Dispatcher {
  readonly #options: DispatcherOptions
  readonly #settings: LiveSettings
  readonly #intake: Intake
  readonly #hand = new InHand()
  readonly #pace = new Pace()
  readonly #leases: LeaseKeeper
  /** For what this node sends. */
  readonly eager: EagerDispatch
  #state: 'idle' | 'running' | 'draining' | 'stopped' = 'idle'
  #isLooking = false
  #looked: Promise<void> | undefined
  #isAskedAgain = false
  /** Looks in a row that did not reach the database, and when the next one is. */
  #failures = 0
  #backOffUntil = 0
  /** What was due by then was there to be seen by the last look. */
  #seenUntil = 0
  #outagesTimer: NodeJS.Timeout | undefined
  #nextLook: NodeJS.Timeout | undefined
  #nextAsk: NodeJS.Timeout | undefined
  #isAsking = false
  #isToBeAskedAgain = false
  #marginMs = MARGIN_MS
  #soon: NodeJS.Timeout | undefined
  #stopListening: () => void = () => {}

  constructor(options: DispatcherOptions) {
    this.#options = options
    this.#settings = new LiveSettings({ store: options.handlerSettings, onChange: () => void this.#look() })
    this.#intake = new Intake({ ...options, settings: this.#settings, pace: this.#pace })
    this.#leases = new LeaseKeeper({
      ...{ ...options, hand: this.#hand, pace: this.#pace },
      onGivenBack: () => this.#lookAgain(),
    })
    this.eager = new EagerLeasing({
      ...{ registry: options.registry, leaseMs: options.leaseMs, intake: this.#intake, hand: this.#hand },
      isOpen: () => this.#state === 'running' && this.#failures === 0,
      begin: (leased) => this.#take(leased),
    })
  }

  start(): void {
    this.#state = 'running'
    this.#stopListening = this.#options.wake.listen((topic) => topic === 'work' && this.#lookAgain())
    this.#leases.start()
    const refresh = singly(() => this.#refreshOutages())
    this.#outagesTimer = setInterval(refresh, REFRESH_OUTAGES_MS)
    this.#settings.start()
    void this.#look()
  }

  /** Whether it looks for work and the last look reached the database. */
  get isHealthy(): boolean {
    return this.#state === 'running' && this.#failures === 0
  }

  /** Deliveries it runs right now. */
  get inFlight(): number {
    return this.#hand.running
  }

  /** Takes nothing new, waits for what runs, then aborts it. Leases of what was aborted run out by themselves. */
  async stop(): Promise<void> {
    if (this.#state !== 'running') return
    this.#state = 'draining'
    this.#stopListening()
    this.#settings.stop()
    clearTimeout(this.#nextLook)
    clearTimeout(this.#nextAsk)
    clearTimeout(this.#soon)
    const grace = Promise.withResolvers<void>()
    const limit = setTimeout(grace.resolve, this.#options.graceMs)
    // What a look that is under way claims is ours: it runs too.
    await Promise.race([this.#looked, grace.promise])
    await Promise.race([this.#hand.untilEmpty(), grace.promise])
    clearTimeout(limit)
    this.#hand.abortAll(new Error('The node stops.'))
    this.#leases.stop()
    clearInterval(this.#outagesTimer)
    this.#state = 'stopped'
  }

  #lookAgain(): void {
    this.#intake.disturb()
    void this.#look()
  }

  async #look(): Promise<void> {
    if (this.#state !== 'running') return
    if (performance.now() < this.#backOffUntil) return
    if (this.#isLooking) {
      this.#isAskedAgain = true
      return
    }
    this.#isLooking = true
    const looked = Promise.withResolvers<void>()
    this.#looked = looked.promise
    try {
      do {
        this.#isAskedAgain = false
        this.#seenUntil = performance.now()
        await this.#intake.take(this.#hand.counts, (claimed) => this.#take(claimed))
      } while (this.#isAskedAgain && this.#state === 'running')
      this.#recover()
    } catch (error) {
      this.#failures += 1
      this.#backOffUntil = performance.now() + backOffMs(this.#failures)
      this.#options.observe({ event: 'dispatcher.failed', error })
    } finally {
      this.#isLooking = false
      looked.resolve()
      this.#planNextLook()
    }
  }

  #recover(): void {
    if (this.#failures === 0) return
    this.#failures = 0
    this.#options.observe({ event: 'dispatcher.recovered' })
  }

  #take(claimed: readonly ClaimedDelivery[]): void {
    const { outages, registry } = this.#options
    for (const { subscription } of claimed) outages.claimed(subscription)
    for (const together of inBatches(claimed, registry)) this.#hand.take(together)
    for (const name of new Set(claimed.map((each) => each.subscription))) this.#runWaiting(name)
  }

  #runWaiting(name: string): void {
    // Whoever the node no longer waits for gets no attempt that nobody would see the end of.
    if (this.#state === 'stopped') return
    const { subscription } = this.#options.registry.subscriptions.get(name)!
    const next = () => this.#hand.next(name, this.#intake.concurrencyOf(subscription))
    for (let taken = next(); taken; taken = next()) void this.#run(taken)
  }

  async #run(taken: Taken): Promise<void> {
    const { pipeline, observe } = this.#options
    const { deliveries, subscription } = taken
    const [first] = deliveries
    const startedAt = performance.now()
    try {
      const onHandled = () => {
        this.#hand.handled(taken)
        this.#runWaiting(subscription)
      }
      const ends =
        deliveries.length === 1
          ? [await pipeline.run(first!.delivery, first!.abort, onHandled)]
          : await pipeline.runBatch(deliveries)
      const durationMs = performance.now() - startedAt
      this.#pace.ended(subscription, durationMs)
      for (const [index, { delivery }] of deliveries.entries()) {
        observe({ event: 'attempt.ended', delivery, end: ends[index]!, durationMs })
      }
      if (ends.some((each) => each.end === 'retrying')) this.#expectRetry(startedAt)
      this.#tellOfFreedKeys(taken, ends)
    } catch (error) {
      // The failure itself could not be recorded: the lease runs out and the delivery is taken up again.
      observe({ event: 'dispatcher.failed', error })
    }
    this.#hand.ended(taken)
    this.#runWaiting(subscription)
    this.#lookAfter(subscription)
  }

  /** The next of its key can begin. This node may have no room for it, or stop. */
  #tellOfFreedKeys({ subscription, deliveries }: Taken, ends: readonly AttemptEnd[]): void {
    const { registry, wake } = this.#options
    if (registry.subscriptions.get(subscription)!.subscription.order === null) return
    const isFreed = deliveries.some(
      ({ delivery }, index) => delivery.envelope.key !== null && ends[index]!.end !== 'retrying',
    )
    if (isFreed) wake.tellOthers('work')
  }

  /**
   * Room for one is not worth a look of its own while others are about to end: what has become free is filled when
   * it is worth half of what is fetched at once, or a moment after nothing is left in hand to go on with. Nothing waits
   * where the last look found all there was and nobody has told of more since.
   */
  #lookAfter(name: string): void {
    if (this.#intake.isDrained(name)) return
    const { subscription } = this.#options.registry.subscriptions.get(name)!
    const free = this.#intake.roomOf(subscription) - (this.#hand.counts.get(name) ?? 0)
    if (free >= this.#intake.fetchOf(subscription) * WORTH_A_LOOK) return void this.#look()
    if (this.#hand.hasWaiting(name)) return
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined
      void this.#look()
    }, REFILL_MS)
  }

  /** Its time was set after the attempt began, and stored after looks that could not see it. */
  #expectRetry(startedAt: number): void {
    this.#seenUntil = Math.min(this.#seenUntil, startedAt)
    this.#askWhatIsDue()
  }

  #planNextLook(): void {
    clearTimeout(this.#nextLook)
    clearTimeout(this.#nextAsk)
    this.#nextAsk = undefined
    if (this.#state !== 'running') return
    if (this.#failures > 0) {
      this.#lookIn(Math.ceil(this.#backOffUntil - performance.now()))
      return
    }
    this.#lookWithin(this.#options.pollMs)
    this.#askWhatIsDue()
  }

  /**
   * One question at a time. Were it put off by everyone who has one, a steady stream would put it off for good; and of
   * two under way the older could be answered last.
   */
  #askWhatIsDue(): void {
    if (this.#state !== 'running' || this.#failures > 0) return
    if (this.#isAsking) {
      this.#isToBeAskedAgain = true
      return
    }
    this.#nextAsk ??= setTimeout(() => {
      this.#nextAsk = undefined
      void this.#lookWhenDue()
    }, CALM_MS)
  }

  async #lookWhenDue(): Promise<void> {
    this.#isAsking = true
    const dueInMs = await this.#askDueInMs()
    this.#isAsking = false
    if (this.#state !== 'running' || this.#failures > 0) return
    if (dueInMs !== null) this.#lookWithin(Math.min(this.#options.pollMs, dueInMs))
    if (!this.#isToBeAskedAgain) return
    this.#isToBeAskedAgain = false
    this.#askWhatIsDue()
  }

  /** Null where nothing is that no look has seen, or where it could not be asked: the poll is soon enough. */
  async #askDueInMs(): Promise<number | null> {
    const { deliveries, registry } = this.#options
    const subscriptions = [...registry.subscriptions.values()].map((each) => each.subscription)
    const askedAt = performance.now()
    // What was due before that and was not claimed is paused, or waits for room or for another node.
    const sinceMs = askedAt - this.#seenUntil + this.#marginMs
    const dueInMs = await deliveries.nextDueInMs(subscriptions, sinceMs).catch(() => null)
    const tookMs = performance.now() - askedAt
    const isLate = tookMs > this.#marginMs
    this.#marginMs = Math.max(MARGIN_MS, 2 * tookMs)
    // Judged so late, something that became due after the last look may have been left out.
    if (isLate) return 0
    return dueInMs === null ? null : dueInMs + 1
  }

  /** Sooner where a rate lets somebody go on. */
  #lookWithin(ms: number): void {
    this.#lookIn(Math.min(ms, this.#intake.nextTokenInMs ?? ms))
  }

  #lookIn(ms: number): void {
    clearTimeout(this.#nextLook)
    this.#nextLook = setTimeout(() => {
      this.#backOffUntil = 0
      void this.#look()
    }, ms)
  }

  async #refreshOutages(): Promise<void> {
    try {
      if (await this.#options.outages.refresh()) void this.#look()
    } catch (error) {
      this.#options.observe({ event: 'dispatcher.failed', error })
    }
  }
}
