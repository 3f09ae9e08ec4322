import { setTimeout as delay } from 'node:timers/promises'
import type { NodeDescription, NodeStore } from '../bus/index.ts'

/** Work that only one node must do: it runs on whichever leads. */
export interface SingularJob {
  name: string
  /** Time from the end of one run to the start of the next. */
  everyMs: number
  /** The signal is aborted when the node stops, or does not lead any more. */
  run(signal: AbortSignal): Promise<void>
}

/** One moment of a node's life that logs are made of. */
export type NodeEvent =
  | { event: 'lead.taken' }
  | { event: 'lead.lost' }
  | { event: 'heartbeat.failed'; error: unknown }
  | { event: 'job.failed'; job: string; error: unknown }
  | { event: 'history.purged'; messages: number; processes: number }

export interface NodeLifeOptions {
  nodes: NodeStore
  description: NodeDescription
  jobs: readonly SingularJob[]
  inFlight(): number
  observe(event: NodeEvent): void
  beatMs: number
  /** When the leader dies another node takes over after this time and one beat, at the latest. */
  leadMs: number
}

const LEAD = 'singular-jobs'

/**
 * A node's place among the others: it says that it lives, and does the singular jobs while it leads.
 *
 * idle ──start──▶ following ⇄ leading ──stop──▶ stopped
 */
export class NodeLife {
  readonly #options: NodeLifeOptions
  #timer: NodeJS.Timeout | undefined
  #beating: Promise<void> = Promise.resolve()
  #isStopped = false
  /** Set while it leads; aborted when it does not any more. */
  #leading: AbortController | null = null
  #lapse: NodeJS.Timeout | undefined
  #jobs: Promise<unknown> = Promise.resolve()

  constructor(options: NodeLifeOptions) {
    this.#options = options
  }

  get isLeading(): boolean {
    return this.#leading !== null
  }

  start(): void {
    this.#beating = this.#beat()
  }

  /** Stops the jobs between two of their steps and gives up the lead, so that nobody has to wait for it. */
  async stop(): Promise<void> {
    if (this.#isStopped) return
    this.#isStopped = true
    clearTimeout(this.#timer)
    await this.#beating
    this.#resign()
    await this.#jobs
    await this.#options.nodes.leave().catch(() => {})
  }

  async #beat(): Promise<void> {
    const { nodes, description, leadMs, beatMs, inFlight, observe } = this.#options
    try {
      await nodes.beat(description, inFlight())
      // From before it was asked for: the lease in the database ends later than we think, never sooner.
      const askedAt = performance.now()
      if (await nodes.lead(LEAD, leadMs)) this.#take(askedAt + leadMs)
      else this.#resign()
    } catch (error) {
      observe({ event: 'heartbeat.failed', error })
    }
    if (this.#isStopped) return
    this.#timer = setTimeout(() => {
      this.#beating = this.#beat()
    }, beatMs)
  }

  /** Whether or not the next beat has an answer by then, it resigns a beat before others may take over. */
  #take(until: number): void {
    const leftMs = until - this.#options.beatMs - performance.now()
    // The answer came too late to be of use.
    if (leftMs <= 0) {
      this.#resign()
      return
    }
    clearTimeout(this.#lapse)
    if (this.#isStopped) return
    this.#lapse = setTimeout(() => this.#resign(), leftMs)
    if (this.#leading) return
    const leading = new AbortController()
    this.#leading = leading
    this.#options.observe({ event: 'lead.taken' })
    this.#jobs = Promise.all(this.#options.jobs.map((job) => this.#repeat(job, leading.signal)))
  }

  #resign(): void {
    clearTimeout(this.#lapse)
    if (!this.#leading) return
    this.#leading.abort()
    this.#leading = null
    this.#options.observe({ event: 'lead.lost' })
  }

  async #repeat(job: SingularJob, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await job.run(signal)
      } catch (error) {
        if (!signal.aborted) this.#options.observe({ event: 'job.failed', job: job.name, error })
      }
      await delay(job.everyMs, undefined, { signal }).catch(() => {})
    }
  }
}
