import { PgBoss } from 'pg-boss'
import {
  BATCH,
  type Contender,
  type Letter,
  type Load,
  letter,
  POOL_SIZE,
  type Queue,
  subscriptionNames,
} from '../contender.ts'
import { Handled } from './handled.ts'

/** As its documentation has it for many small jobs: batches, fetched at once while they are full; LISTEN for latency. */
export const pgBoss: Contender = {
  name: 'pg-boss',
  open: async (url, load) => {
    const boss = new PgBoss({ connectionString: url, max: POOL_SIZE, useListenNotify: true, schedule: false })
    // A maintenance query that fails while its database is dropped.
    boss.on('error', () => {})
    await boss.start()
    for (const name of subscriptionNames(load.fanOut)) {
      await boss.createQueue(name, { notify: true })
      await boss.subscribe(EVENT, name)
    }
    return new BossQueue(boss, load)
  },
}

const EVENT = 'bench.letter-written'

class BossQueue implements Queue {
  readonly #boss: PgBoss
  readonly #load: Load
  readonly #names: string[]
  readonly #handled = new Handled(() => this.countSettled())

  constructor(boss: PgBoss, load: Load) {
    this.#boss = boss
    this.#load = load
    this.#names = subscriptionNames(load.fanOut)
  }

  async publish(message: Letter): Promise<void> {
    const [only] = this.#names
    await (this.#load.fanOut === 1 ? this.#boss.send(only!, message) : this.#boss.publish(EVENT, message))
  }

  async seed(deliveries: number): Promise<void> {
    for (const name of this.#names) {
      const jobs = Array.from({ length: deliveries / this.#names.length }, (_, number) => ({ data: letter(number) }))
      for (let start = 0; start < jobs.length; start += 1_000) {
        await this.#boss.insert(name, jobs.slice(start, start + 1_000))
      }
    }
  }

  async consume(): Promise<void> {
    const options = { batchSize: BATCH, burstWhenBatchFull: true, pollingIntervalSeconds: 0.5, localConcurrency: 2 }
    for (const name of this.#names) {
      await this.#boss.work<Letter>(name, options, async (jobs) => {
        for (const { data } of jobs) this.#load.onHandled(data)
        this.#handled.add(jobs.length)
      })
    }
  }

  untilSettled(deliveries: number): Promise<void> {
    return this.#handled.untilSettled(deliveries)
  }

  async countSettled(): Promise<number> {
    const text = `SELECT count(*)::int AS count FROM pgboss.job WHERE name = ANY($1) AND state = 'completed'`
    const { rows } = await this.#boss.getDb().executeSql(text, [this.#names])
    return (rows as { count: number }[])[0]!.count
  }

  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false, close: true })
  }
}
