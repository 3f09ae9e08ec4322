import { setTimeout as delay } from 'node:timers/promises'
import { Tally } from '../tally.ts'

const POLL_MS = 5

/** For queues that do not say when a job is settled: counts what was handled, then asks the database. */
export class Handled {
  readonly #tally = new Tally()
  readonly #countSettled: () => Promise<number>

  constructor(countSettled: () => Promise<number>) {
    this.#countSettled = countSettled
  }

  add(count: number): void {
    this.#tally.add(count)
  }

  async untilSettled(deliveries: number): Promise<void> {
    await this.#tally.until(deliveries)
    while ((await this.#countSettled()) < deliveries) await delay(POLL_MS)
  }
}
