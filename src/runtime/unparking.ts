import { setTimeout as delay } from 'node:timers/promises'
import type { DispatcherEvent } from './dispatcher.ts'

interface Options {
  /** Lets go of what this build can read; returns how many. */
  unpark(): Promise<number>
  everyMs: number
  observe(event: DispatcherEvent): void
}

/**
 * Delivers what was parked once this build can read it: when the node starts, and now and then, because during a
 * deploy an older node may park what this one knows.
 */
export class Unparking {
  readonly #options: Options
  readonly #stopping = new AbortController()
  #running: Promise<void> = Promise.resolve()

  constructor(options: Options) {
    this.#options = options
  }

  start(): void {
    this.#running = this.#run()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    const { unpark, everyMs, observe } = this.#options
    const { signal } = this.#stopping
    while (!signal.aborted) {
      try {
        const count = await unpark()
        if (count > 0) observe({ event: 'deliveries.unparked', count })
      } catch (error) {
        observe({ event: 'dispatcher.failed', error })
      }
      await delay(everyMs, undefined, { signal }).catch(() => {})
    }
  }
}
