import type { Capacity, ClaimedDelivery, DeliveryStore, Registry, Subscription } from '../bus/index.ts'
import type { LiveSettings } from './live-settings.ts'

export interface IntakeOptions {
  registry: Registry
  deliveries: Pick<DeliveryStore, 'claim'>
  settings: LiveSettings
  leaseMs: number
}

/** Takes in what there is room for: as declared, and as operators set it. */
export class Intake {
  readonly #options: IntakeOptions

  constructor(options: IntakeOptions) {
    this.#options = options
  }

  async claim(running: ReadonlyMap<string, number>): Promise<ClaimedDelivery[]> {
    const { deliveries, settings, leaseMs } = this.#options
    await settings.load()
    const capacities = this.#capacities(running)
    return capacities.length === 0 ? [] : deliveries.claim(capacities, leaseMs)
  }

  concurrencyOf({ name, concurrency }: Subscription): number {
    return this.#options.settings.of(name)?.concurrency ?? concurrency
  }

  #capacities(running: ReadonlyMap<string, number>): Capacity[] {
    const { registry, settings } = this.#options
    return [...registry.subscriptions.values()]
      .filter(({ subscription }) => settings.of(subscription.name)?.isPaused !== true)
      .map(({ subscription }) => ({
        subscription: subscription.name,
        free: this.concurrencyOf(subscription) - (running.get(subscription.name) ?? 0),
        order: subscription.order,
      }))
      .filter((each) => each.free > 0)
  }
}
