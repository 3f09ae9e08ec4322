import type { HandlerSettings, HandlerSettingsStore } from '../handler-settings.ts'
import type { Tx } from '../ports.ts'

const AS_DECLARED: HandlerSettings = { isPaused: false, concurrency: null, rateLimit: null }

/** What operators set, in the memory of one process. */
export class InMemoryHandlerSettings implements HandlerSettingsStore {
  readonly #settings = new Map<string, HandlerSettings>()
  readonly #stage: (tx: Tx, change: () => void) => void

  constructor(stage: (tx: Tx, change: () => void) => void) {
    this.#stage = stage
  }

  async findAll(): Promise<ReadonlyMap<string, HandlerSettings>> {
    return new Map(this.#settings)
  }

  async savePaused(tx: Tx, subscription: string, isPaused: boolean): Promise<void> {
    this.#save(tx, subscription, { isPaused })
  }

  async saveLimits(
    tx: Tx,
    subscription: string,
    limits: Pick<HandlerSettings, 'concurrency' | 'rateLimit'>,
  ): Promise<void> {
    this.#save(tx, subscription, limits)
  }

  #save(tx: Tx, subscription: string, change: Partial<HandlerSettings>): void {
    this.#stage(tx, () => {
      this.#settings.set(subscription, { ...AS_DECLARED, ...this.#settings.get(subscription), ...change })
    })
  }
}
