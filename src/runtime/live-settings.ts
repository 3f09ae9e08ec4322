import type { HandlerSettings, HandlerSettingsStore, Subscription } from '../bus/index.ts'

/** What is set on any node holds on this one after this time at most, and the time of one small query. */
const REFRESH_MS = 500

export interface LiveSettingsOptions {
  store: HandlerSettingsStore
  /** Called when something is set otherwise than before. */
  onChange(): void
}

/** How operators want the handlers to run, as this node knows it. Asked of the store by the clock, not by the claim. */
export class LiveSettings {
  readonly #options: LiveSettingsOptions
  #known: ReadonlyMap<string, HandlerSettings> | undefined
  #timer: NodeJS.Timeout | undefined
  #isAsking = false

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

  of({ name, alwaysRuns }: Pick<Subscription, 'name' | 'alwaysRuns'>): HandlerSettings | undefined {
    return alwaysRuns === null ? this.#known?.get(name) : undefined
  }

  /** While the database is away what is known stays; the looks for work tell of it. */
  async #refresh(): Promise<void> {
    if (this.#isAsking) return
    this.#isAsking = true
    try {
      const found = await this.#options.store.findAll()
      const isOther = JSON.stringify([...found]) !== JSON.stringify([...(this.#known ?? [])])
      this.#known = found
      if (isOther) this.#options.onChange()
    } catch {
      return
    } finally {
      this.#isAsking = false
    }
  }
}
