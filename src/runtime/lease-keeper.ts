import type { DispatcherOptions } from './dispatcher.ts'
import type { InHand } from './in-hand.ts'
import { singly } from './singly.ts'

export interface LeaseKeeperOptions
  extends Pick<DispatcherOptions, 'deliveries' | 'registry' | 'pipeline' | 'observe' | 'leaseMs'> {
  hand: InHand
}

/** Renews the leases of what this node has begun, and takes back those of nodes that went silent. */
export class LeaseKeeper {
  readonly #options: LeaseKeeperOptions
  #timers: NodeJS.Timeout[] = []

  constructor(options: LeaseKeeperOptions) {
    this.#options = options
  }

  start(): void {
    const often = this.#options.leaseMs / 3
    const renew = singly(() => this.#renew())
    const reap = singly(() => this.#reap())
    this.#timers = [setInterval(renew, often), setInterval(reap, Math.min(1_000, often))]
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer)
  }

  async #renew(): Promise<void> {
    const { deliveries, hand, leaseMs, observe } = this.#options
    hand.giveUpWaiting(leaseMs / 3)
    const begun = hand.begun
    if (begun.length === 0) return
    try {
      const lost = await deliveries.renew(begun, leaseMs)
      for (const token of lost) hand.lose(token, new Error('The lease was taken over.'))
    } catch (error) {
      observe({ event: 'dispatcher.failed', error })
    }
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
}
