import type { HandlerSettings, HandlerSettingsStore } from '../bus/index.ts'

/** What is set on any node holds on this one after this time at most, and the time of one small query. */
const REFRESH_MS = 500

export interface LiveSettingsOptions {
  store: HandlerSettingsStore
  /** Called when something is set otherwise than before. */
  onChange(): void
  onError(error: unknown): void
}

/** How operators want the handlers to run, as this node knows it. Asked of the store by the clock, not by the claim. */
export class LiveSettings {
  readonly #options: LiveSettingsOptions
  #known: ReadonlyMap<string, HandlerSettings> | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(options: LiveSettingsOptions) {
    this.#options = options
  }

  start(): void {
    this.#timer = setInterval(() => void this.#refresh(), REFRESH_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Before the first answer nothing may be claimed: a handler that was paused stays paused through a restart. */
  async load(): Promise<void> {
    this.#known ??= await this.#options.store.findAll()
  }

  of(subscription: string): HandlerSettings | undefined {
    return this.#known?.get(subscription)
  }

  async #refresh(): Promise<void> {
    const { store, onChange, onError } = this.#options
    try {
      const found = await store.findAll()
      const isOther = JSON.stringify([...found]) !== JSON.stringify([...(this.#known ?? [])])
      this.#known = found
      if (isOther) onChange()
    } catch (error) {
      onError(error)
    }
  }
}
