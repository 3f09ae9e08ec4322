/**
 * A handler that fails time after time has lost what it depends on. Then one delivery at a time finds out whether it
 * is back, and the others wait without burning their attempts.
 */
import type { OutageStore } from './ports.ts'
import type { Registry } from './registry.ts'

export interface OutagePolicy {
  /** Failures in a row, on one node, after which the handler is in outage. */
  after: number
  /** Time between two probes, in milliseconds. */
  probeEveryMs: number
}

export const DEFAULT_OUTAGE: OutagePolicy = { after: 20, probeEveryMs: 5_000 }

export type OutageEvent = { event: 'outage.began' | 'outage.ended'; subscription: string }

interface Parts {
  registry: Registry
  store: OutageStore
  observe(event: OutageEvent): void
}

/** What this node knows of outages. A success of a handler that never failed costs a look into a map. */
export class Outages {
  readonly #parts: Parts
  /** Failures in a row on this node. */
  readonly #failures = new Map<string, number>()
  /** Handlers in outage, and the time between their probes. */
  #out = new Set<string>()
  /** Outages in which the next probe is this node's. */
  readonly #probes = new Set<string>()
  /** Outages whose probe is in this node's hands. */
  readonly #probing = new Set<string>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Hears what other nodes found, and takes probes that are due. Returns whether there is a new reason to look for work. */
  async refresh(): Promise<boolean> {
    const { store, registry } = this.#parts
    const states = await store.list()
    const before = this.#out
    // An outage from before its handler declared that it has none would never be probed, and never end.
    const declared = states.filter(({ subscription }) => registry.subscriptions.get(subscription)?.subscription.outage)
    this.#out = new Set(declared.map((each) => each.subscription))
    let isNews = [...before].some((each) => !this.#out.has(each))
    for (const { subscription, probeInMs } of states) {
      const registered = registry.subscriptions.get(subscription)
      const policy = registered?.subscription.outage
      if (!registered || !policy || probeInMs > 0) continue
      // Longer than the probe can take: until it has an outcome there is no second one.
      const holdMs = policy.probeEveryMs + registered.subscription.timeoutMs
      if (!(await store.takeProbe(subscription, holdMs))) continue
      this.#probes.add(subscription)
      isNews = true
    }
    return isNews
  }

  /** How many of `free` may be claimed now: all, or one that is a probe, or none. */
  roomFor(subscription: string, free: number): number {
    if (!this.#out.has(subscription)) return free
    return this.#probes.has(subscription) ? Math.min(1, free) : 0
  }

  /** The probe is on its way. */
  claimed(subscription: string): void {
    if (this.#probes.delete(subscription)) this.#probing.add(subscription)
  }

  /**
   * A delivery ended in a way that says nothing about what its handler depends on: where it was the probe, the next one
   * is it at once. Were it as long until then as after a failure, an outage of mails that are stale by now would hardly
   * end.
   */
  saidNothing(subscription: string): void {
    if (this.#probing.delete(subscription)) this.#probes.add(subscription)
  }

  /** Whether a success is news. */
  isTroubled(subscription: string): boolean {
    return this.#failures.has(subscription) || this.#out.has(subscription)
  }

  async succeeded(subscription: string): Promise<void> {
    this.#failures.delete(subscription)
    this.#probing.delete(subscription)
    if (!this.#out.delete(subscription)) return
    this.#probes.delete(subscription)
    if (await this.#parts.store.end(subscription)) this.#parts.observe({ event: 'outage.ended', subscription })
  }

  /** Returns after how many milliseconds it is tried again at no cost of its attempts, or null when it is no outage. */
  async failed(subscription: string): Promise<number | null> {
    const policy = this.#parts.registry.subscriptions.get(subscription)?.subscription.outage
    if (!policy) return null
    const { after, probeEveryMs } = policy
    this.#probing.delete(subscription)
    if (this.#out.has(subscription)) {
      await this.#parts.store.postponeProbe(subscription, probeEveryMs)
      return probeEveryMs
    }
    const failures = (this.#failures.get(subscription) ?? 0) + 1
    this.#failures.set(subscription, failures)
    if (failures < after) return null
    const isFirst = await this.#parts.store.begin(subscription, probeEveryMs)
    this.#out.add(subscription)
    if (isFirst) this.#parts.observe({ event: 'outage.began', subscription })
    return probeEveryMs
  }
}
