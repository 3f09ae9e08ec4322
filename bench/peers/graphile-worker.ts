import { Logger, makeWorkerUtils, type Runner, run, type WorkerUtils } from 'graphile-worker'
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
} from '../contender.ts'
import { Handled } from './handled.ts'

const SILENT = new Logger(() => () => {})
const CONCURRENT_JOBS = 24

/** As its page on performance has it: a long local queue, and completions in batches. It keeps no history. */
export const graphileWorker = graphile('graphile-worker', { localQueue: { size: BATCH }, completeJobBatchDelay: 0 })

/** With a local queue as long as its types advise to begin with; the rest as above. */
export const graphileWorkerAsAdvised = graphile('graphile-worker as advised', {
  localQueue: { size: CONCURRENT_JOBS + 1 },
  completeJobBatchDelay: 0,
})

/** Each job is fetched and completed by itself, which is what it does unless it is told otherwise. */
export const graphileWorkerAsItComes = graphile('graphile-worker as it comes', {})

function graphile(name: string, worker: NonNullable<GraphileConfig.Preset['worker']>): Contender {
  return {
    name,
    open: async (url, load) => {
      const pool = new pg.Pool({ connectionString: url, max: POOL_SIZE })
      // It wants both, and says so where one is missing.
      pool.on('error', () => {})
      pool.on('connect', (client) => client.on('error', () => {}))
      const utils = await makeWorkerUtils({ pgPool: pool, logger: SILENT })
      await utils.migrate()
      return new GraphileQueue({ pool, utils, load, worker })
    },
  }
}

interface Parts {
  pool: Pool
  utils: WorkerUtils
  load: Load
  worker: NonNullable<GraphileConfig.Preset['worker']>
}

class GraphileQueue implements Queue {
  readonly #pool: Pool
  readonly #utils: WorkerUtils
  readonly #load: Load
  readonly #worker: Parts['worker']
  readonly #names: string[]
  readonly #handled = new Handled(() => this.countSettled())
  #runner: Runner | undefined
  #added = 0

  constructor({ pool, utils, load, worker }: Parts) {
    this.#worker = worker
    this.#pool = pool
    this.#utils = utils
    this.#load = load
    this.#names = subscriptionNames(load.fanOut)
  }

  async publish(message: Letter): Promise<void> {
    const [only] = this.#names
    this.#added += this.#names.length
    if (this.#load.fanOut === 1) await this.#utils.addJob(only!, message)
    else await this.#utils.addJobs(this.#names.map((identifier) => ({ identifier, payload: message })))
  }

  async seed(deliveries: number): Promise<void> {
    for (let start = 0; start < deliveries; start += 1_000) {
      const jobs = Array.from({ length: Math.min(1_000, deliveries - start) }, (_, index) => ({
        identifier: this.#names[index % this.#names.length]!,
        payload: letter(start + index),
      }))
      await this.#utils.addJobs(jobs)
    }
  }

  async consume(): Promise<void> {
    this.#added += await this.#countLeft()
    const task = async (payload: unknown) => {
      this.#load.onHandled(payload as Letter)
      this.#handled.add(1)
    }
    this.#runner = await run({
      pgPool: this.#pool,
      logger: SILENT,
      noHandleSignals: true,
      taskList: Object.fromEntries(this.#names.map((name) => [name, task])),
      preset: { worker: { concurrentJobs: CONCURRENT_JOBS, ...this.#worker } },
    })
  }

  untilSettled(deliveries: number): Promise<void> {
    return this.#handled.untilSettled(deliveries)
  }

  /** What is settled is gone. */
  async countSettled(): Promise<number> {
    return this.#runner ? this.#added - (await this.#countLeft()) : 0
  }

  async close(): Promise<void> {
    await this.#runner?.stop()
    await this.#utils.release()
    await this.#pool.end()
  }

  async #countLeft(): Promise<number> {
    const { rows } = await this.#pool.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM graphile_worker._private_jobs',
    )
    return rows[0]!.count
  }
}
