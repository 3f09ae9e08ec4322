import { setImmediate, setTimeout } from 'node:timers/promises'
import type { DispatcherOptions } from './dispatcher.ts'
import type { InHand } from './in-hand.ts'
import type { Pace } from './pace.ts'
import { singly } from './singly.ts'

/** Twenty times as long as what is fetched ahead is to wait. */
const WAITS_MS = 2_000
const ANSWERED_MS = 200

export interface LeaseKeeperOptions
  extends Pick<DispatcherOptions, 'deliveries' | 'registry' | 'pipeline' | 'observe' | 'leaseMs'> {
  hand: InHand
  pace: Pick<Pace, 'forget'>
  /** What was in hand waits in the queue again: nobody else is to overtake it. */
  onGivenBack(): void
}

/**
 * Renews the leases of what this node has begun, gives back what it has not and waits for too long, and takes back those of
 * nodes that went silent.
 */
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
    const giveBack = singly(() => this.#giveBack())
    const soon = Math.min(1_000, often)
    this.#timers = [setInterval(renew, often), setInterval(reap, soon), setInterval(giveBack, soon)]
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer)
  }

  async #renew(): Promise<void> {
    const { deliveries, hand, leaseMs, observe } = this.#options
    const begun = hand.begun
    if (begun.length === 0) return
    try {
      const lost = await deliveries.renew(begun, leaseMs)
      if (lost.length === 0) return
      // One that was being settled as we looked has none any more, either: it is no longer in hand once that is answered.
      await setTimeout(ANSWERED_MS)
      await setImmediate()
      for (const token of lost) hand.lose(token, new Error('The lease was taken over.'))
    } catch (error) {
      observe({ event: 'dispatcher.failed', error })
    }
  }

  /** Where that fails its lease runs out, since nobody renews it. */
  async #giveBack(): Promise<void> {
    const { deliveries, hand, pace, leaseMs, observe, onGivenBack } = this.#options
    const waited = hand.giveUpWaiting(Math.min(WAITS_MS, leaseMs / 4))
    if (waited.length === 0) return
    // Or it would be fetched ahead again.
    for (const { subscription } of waited) pace.forget(subscription)
    onGivenBack()
    try {
      await deliveries.giveBack(waited)
      onGivenBack()
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
