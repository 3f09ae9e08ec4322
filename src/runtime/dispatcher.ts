import {
  type AttemptEnd,
  backOffMs,
  type ClaimedDelivery,
  type DeliveryStore,
  type HandlerSettingsStore,
  type Outages,
  type Pipeline,
  type RateLimits,
  type Registry,
  type Wake,
} from '../bus/index.ts'
import { inBatches } from './in-batches.ts'
import { Intake } from './intake.ts'
import { LiveSettings } from './live-settings.ts'

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
const QUITE_FULL = 0.5
const REFRESH_OUTAGES_MS = 1_000

/**
 * Leases due deliveries and runs the pipeline on each.
 *
 * idle ──start──▶ running ──stop──▶ draining ──▶ stopped
 */
export class Dispatcher {
  readonly #options: DispatcherOptions
  readonly #settings: LiveSettings
  readonly #intake: Intake
  readonly #inFlight = new Map<string, { delivery: ClaimedDelivery; ended: Promise<void>; abort: AbortController }>()
  readonly #running = new Map<string, number>()
  #state: 'idle' | 'running' | 'draining' | 'stopped' = 'idle'
  #isLooking = false
  #looked: Promise<void> | undefined
  #isAskedAgain = false
  /** Looks in a row that did not reach the database, and when the next one is. */
  #failures = 0
  #backOffUntil = 0
  #lastLookFound = 0
  #timers: NodeJS.Timeout[] = []
  #nextLook: NodeJS.Timeout | undefined
  #soon: NodeJS.Timeout | undefined
  #stopListening: () => void = () => {}

  constructor(options: DispatcherOptions) {
    this.#options = options
    this.#settings = new LiveSettings({ store: options.handlerSettings, onChange: () => void this.#look() })
    this.#intake = new Intake({ ...options, settings: this.#settings })
  }

  start(): void {
    const { wake, leaseMs } = this.#options
    this.#state = 'running'
    this.#stopListening = wake.listen((topic) => topic === 'work' && void this.#look())
    this.#timers = [
      setInterval(
        singly(() => this.#renew()),
        leaseMs / 3,
      ),
      setInterval(
        singly(() => this.#reap()),
        Math.min(1_000, leaseMs / 3),
      ),
      setInterval(
        singly(() => this.#refreshOutages()),
        REFRESH_OUTAGES_MS,
      ),
    ]
    this.#settings.start()
    void this.#look()
  }

  /** Whether it looks for work and the last look reached the database. */
  get isHealthy(): boolean {
    return this.#state === 'running' && this.#failures === 0
  }

  /** Deliveries it runs right now. */
  get inFlight(): number {
    return this.#inFlight.size
  }

  /** Takes nothing new, waits for what runs, then aborts it. Leases of what was aborted run out by themselves. */
  async stop(): Promise<void> {
    if (this.#state !== 'running') return
    this.#state = 'draining'
    this.#stopListening()
    this.#settings.stop()
    clearTimeout(this.#nextLook)
    clearTimeout(this.#soon)
    const grace = Promise.withResolvers<void>()
    const limit = setTimeout(grace.resolve, this.#options.graceMs)
    // What a look that is under way claims is ours: it runs too.
    await Promise.race([this.#looked, grace.promise])
    const attempts = [...this.#inFlight.values()]
    await Promise.race([Promise.all(attempts.map((each) => each.ended)), grace.promise])
    clearTimeout(limit)
    for (const each of this.#inFlight.values()) each.abort.abort(new Error('The node stops.'))
    for (const timer of this.#timers) clearInterval(timer)
    this.#state = 'stopped'
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
        this.#lastLookFound = await this.#intake.take(this.#running, (claimed) => {
          for (const { subscription } of claimed) this.#options.outages.claimed(subscription)
          for (const batch of inBatches(claimed, this.#options.registry)) this.#run(batch)
        })
      } while (this.#isAskedAgain && this.#state === 'running')
      this.#recover()
    } catch (error) {
      this.#failures += 1
      this.#backOffUntil = performance.now() + backOffMs(this.#failures)
      this.#options.observe({ event: 'dispatcher.failed', error })
    } finally {
      this.#isLooking = false
      looked.resolve()
      await this.#planNextLook()
    }
  }

  #recover(): void {
    if (this.#failures === 0) return
    this.#failures = 0
    this.#options.observe({ event: 'dispatcher.recovered' })
  }

  #run(deliveries: readonly ClaimedDelivery[]): void {
    const { pipeline, observe } = this.#options
    const { subscription } = deliveries[0]!
    const begun = deliveries.map((delivery) => ({ delivery, abort: new AbortController() }))
    const startedAt = performance.now()
    this.#count(subscription, begun.length)
    const run = begun.length === 1 ? pipeline.run(begun[0]!.delivery, begun[0]!.abort) : pipeline.runBatch(begun)
    const ended = run
      .then(
        (ends) => {
          const durationMs = performance.now() - startedAt
          for (const [index, end] of [ends].flat().entries()) {
            observe({ event: 'attempt.ended', delivery: begun[index]!.delivery, end, durationMs })
          }
        },
        // The failure itself could not be recorded: the lease runs out and the delivery is taken up again.
        (error: unknown) => observe({ event: 'dispatcher.failed', error }),
      )
      .finally(() => {
        for (const { delivery } of begun) this.#inFlight.delete(delivery.leaseToken)
        this.#count(subscription, -begun.length)
        this.#lookAfter(subscription)
      })
    for (const { delivery, abort } of begun) this.#inFlight.set(delivery.leaseToken, { delivery, ended, abort })
  }

  /**
   * Room for one is not worth a look of its own while others are about to end: what has become free is filled when
   * half of the room is, or a moment later.
   */
  #lookAfter(name: string): void {
    const { subscription } = this.#options.registry.subscriptions.get(name)!
    const concurrency = this.#intake.concurrencyOf(subscription)
    if ((this.#running.get(name) ?? 0) <= concurrency * QUITE_FULL) return void this.#look()
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined
      void this.#look()
    }, REFILL_MS)
  }

  #count(subscription: string, change: number): void {
    this.#running.set(subscription, (this.#running.get(subscription) ?? 0) + change)
  }

  async #planNextLook(): Promise<void> {
    const { deliveries, registry, pollMs } = this.#options
    let waitMs = pollMs
    if (this.#failures > 0) waitMs = Math.ceil(this.#backOffUntil - performance.now())
    // Whoever is busy looks again when something ends, and asks only then what is due next.
    if (this.#failures === 0 && this.#lastLookFound === 0) {
      const dueInMs = await deliveries.nextDueInMs([...registry.subscriptions.keys()]).catch(() => null)
      // What is due and was not claimed waits for room or for another node: the poll is soon enough.
      if (dueInMs !== null && dueInMs > 0) waitMs = Math.min(pollMs, dueInMs + 1)
    }
    if (this.#failures === 0) waitMs = Math.min(waitMs, this.#intake.nextTokenInMs ?? waitMs)
    if (this.#state !== 'running') return
    clearTimeout(this.#nextLook)
    this.#nextLook = setTimeout(() => {
      this.#backOffUntil = 0
      void this.#look()
    }, waitMs)
  }

  async #renew(): Promise<void> {
    const held = [...this.#inFlight.values()].map((each) => each.delivery)
    if (held.length === 0) return
    try {
      const lost = await this.#options.deliveries.renew(held, this.#options.leaseMs)
      for (const token of lost) this.#inFlight.get(token)?.abort.abort(new Error('The lease was taken over.'))
    } catch (error) {
      this.#options.observe({ event: 'dispatcher.failed', error })
    }
  }

  async #refreshOutages(): Promise<void> {
    try {
      if (await this.#options.outages.refresh()) void this.#look()
    } catch (error) {
      this.#options.observe({ event: 'dispatcher.failed', error })
    }
  }

  async #buryOrphans(): Promise<void> {
    const { deliveries, registry, pipeline, leaseMs, observe } = this.#options
    const orphans = await deliveries.takeOrphans([...registry.subscriptions.keys()], leaseMs)
    if (orphans.length > 0) observe({ event: 'leases.reaped', count: orphans.length })
    await Promise.all(
      orphans.map(async (delivery) => {
        const end = await pipeline.bury(delivery)
        observe({ event: 'attempt.ended', delivery, end, durationMs: 0 })
      }),
    )
  }

  async #reap(): Promise<void> {
    const { deliveries, observe } = this.#options
    try {
      // Batch after batch: the last of many must not wait for as many ticks.
      for (let count = await deliveries.reap(); count > 0; count = await deliveries.reap()) {
        observe({ event: 'leases.reaped', count })
      }
      await this.#buryOrphans()
    } catch (error) {
      observe({ event: 'dispatcher.failed', error })
    }
  }
}

/** What a timer starts is not started again while it goes on: where the database hangs they would pile up. */
function singly(work: () => Promise<void>): () => void {
  let isBusy = false
  return () => {
    if (isBusy) return
    isBusy = true
    void work().finally(() => {
      isBusy = false
    })
  }
}
