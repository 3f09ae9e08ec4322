/**
 * What everything is compared with: a hand-written loop that does the least possible for the same durability and the
 * same kept history. It retries nothing, checks nothing, and recovers from nothing.
 */
import pg, { type Pool } from 'pg'
import {
  BATCH,
  type Contender,
  type Letter,
  type Load,
  letter,
  POOL_SIZE,
  type Queue,
  subscriptionNames,
  TRANSACTIONS,
} from '../contender.ts'
import { Tally } from '../tally.ts'
import { Batches } from './batches.ts'
import { addMessage, type Claimed, claim, insertEffect, settle } from './statements.ts'

export const baseline: Contender = {
  name: 'baseline',
  open: async (url, load) => new Loop(url, load),
}

/** Loops that claim, handle and settle at once, so that one handles while the database works for another. */
const LOOPS = 3
const NODE = 'baseline'

class Loop implements Queue {
  readonly #pool: Pool
  readonly #load: Load
  readonly #subscriptions: string[]
  readonly #settled = new Tally()
  readonly #batches: Batches<Claimed>
  #running: Promise<unknown> = Promise.resolve()

  constructor(url: string, load: Load) {
    this.#load = load
    this.#subscriptions = subscriptionNames(load.fanOut)
    this.#pool = new pg.Pool({ connectionString: url, max: POOL_SIZE })
    this.#pool.on('error', () => {})
    this.#batches = new Batches((limit) => claim(this.#pool, limit, NODE), BATCH)
  }

  async publish(message: Letter): Promise<void> {
    await addMessage(this.#pool, message, this.#subscriptions)
    this.#batches.wake()
  }

  async seed(deliveries: number): Promise<void> {
    for (let start = 0; start < deliveries; start += 100) {
      await Promise.all(
        Array.from({ length: 100 }, (_, index) => addMessage(this.#pool, letter(start + index), this.#subscriptions)),
      )
    }
  }

  async consume(): Promise<void> {
    const lanes =
      this.#load.handler === 'insert'
        ? Array.from({ length: TRANSACTIONS }, () => this.#handleInTransactions())
        : Array.from({ length: LOOPS }, () => this.#handleInBatches())
    this.#running = Promise.all(lanes)
    // Whoever waits in close() sees the failure; until then it is nobody's.
    this.#running.catch(() => {})
  }

  untilSettled(deliveries: number): Promise<void> {
    return this.#settled.until(deliveries)
  }

  async countSettled(): Promise<number> {
    const { rows } = await this.#pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM bench_deliveries WHERE state = 'succeeded'`,
    )
    return rows[0]!.count
  }

  async close(): Promise<void> {
    this.#batches.stop()
    await this.#running
    await this.#pool.end()
  }

  async #handleInBatches(): Promise<void> {
    for (let batch = await this.#batches.next(); batch; batch = await this.#batches.next()) {
      for (const { body } of batch) this.#load.onHandled(body)
      const ids = batch.map(({ id }) => id)
      await settle(this.#pool, ids)
      this.#settled.add(ids.length)
    }
  }

  async #handleInTransactions(): Promise<void> {
    for (let claimed = await this.#batches.one(); claimed; claimed = await this.#batches.one()) {
      const connection = await this.#pool.connect()
      try {
        await connection.query('BEGIN')
        this.#load.onHandled(claimed.body)
        await insertEffect(connection, claimed.body)
        await settle(connection, [claimed.id])
        await connection.query('COMMIT')
      } finally {
        connection.release()
      }
      this.#settled.add(1)
    }
  }
}
