/** Waybill under test: the bench's messages and handlers, and a node put together as `src/server/compose.ts` does. */
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Prisma } from '../prisma/generated/client.ts'
import {
  createCatalog,
  createRegistry,
  createSealer,
  defineCommand,
  defineEvent,
  handle,
  handleOutside,
  type Module,
  newId,
  subscribe,
} from '../src/bus/index.ts'
import { createPostgresStorage, type PostgresStorage } from '../src/postgres/index.ts'
import { createHandling, type Handling } from '../src/runtime/index.ts'
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
} from './contender.ts'
import type { Database } from './server.ts'
import { Tally } from './tally.ts'

const body = z.object({ number: z.int(), userId: z.uuid(), name: z.string(), email: z.email() })

const FileLetter = defineCommand('bench.file-letter', { version: 1, subject: 'userId', body, reply: z.null() })
const LetterWritten = defineEvent('bench.letter-written', { version: 1, subject: 'userId', body })

export const waybill: Contender = { name: 'waybill', open: openWaybill }

export async function openWaybill(url: string, load: Load): Promise<WaybillNode> {
  const node = new WaybillNode(url, load)
  await node.start()
  return node
}

/** One subscription is a command's, whose handler may be effectful; five are reactions to an event. */
function benchModule({ fanOut, handler, onHandled }: Load): Module {
  if (fanOut === 5) {
    const reactions = subscriptionNames(fanOut).map((name) =>
      subscribe(LetterWritten, name, { concurrency: TRANSACTIONS }, async (event) => onHandled(event)),
    )
    return { name: 'bench', messages: [LetterWritten], subscriptions: reactions }
  }
  const fileLetter =
    handler === 'no-op'
      ? handleOutside(FileLetter, { concurrency: BATCH }, async (command) => {
          onHandled(command)
          return null
        })
      : handle(FileLetter, { concurrency: TRANSACTIONS }, async (command, { tx }) => {
          onHandled(command)
          await tx.query('INSERT INTO bench_effects (id, name) VALUES ($1, $2)', [newId(), command.name])
          return null
        })
  return { name: 'bench', messages: [FileLetter], subscriptions: [fileLetter] }
}

export class WaybillNode implements Queue {
  readonly #load: Load
  readonly #storage: PostgresStorage
  readonly #handling: Handling
  readonly #settled = new Tally()

  constructor(url: string, load: Load) {
    this.#load = load
    const storage = createPostgresStorage({
      url,
      node: 'bench',
      poolSize: POOL_SIZE,
      maxAttemptsOf: () => 5,
      onConnectionError: () => {},
    })
    const registry = createRegistry([benchModule(load)])
    this.#storage = storage
    this.#handling = createHandling({
      registry,
      catalog: createCatalog(registry.definitions, createSealer('a secret for the bench only, 32 characters')),
      clock: { now: () => new Date() },
      storage,
      observe: (event) => {
        if (event.event === 'attempt.ended' && event.end.end === 'succeeded') this.#settled.add(1)
      },
      leaseMs: 8_000,
      pollMs: 1_000,
      graceMs: 10_000,
      maxInFlight: Number.POSITIVE_INFINITY,
    })
  }

  start(): Promise<void> {
    return this.#storage.start()
  }

  async publish(message: Letter): Promise<void> {
    await (this.#load.fanOut === 5
      ? this.#handling.bus.publish(LetterWritten, message)
      : this.#handling.bus.send(FileLetter, message))
  }

  /** Publishes in a transaction that the caller began with Prisma. */
  async publishBeside(work: (prisma: Prisma.TransactionClient) => Promise<unknown>, message: Letter): Promise<void> {
    await this.#storage.prisma.$transaction(async (prisma) => {
      await work(prisma)
      await this.#handling.bus.send(FileLetter, message, { tx: this.#storage.within(prisma) })
    })
  }

  async consume(): Promise<void> {
    this.#handling.dispatcher.start()
  }

  async seed(deliveries: number): Promise<void> {
    await this.publish(letter(0))
    await multiplyNewest(this.#storage, deliveries / this.#load.fanOut - 1)
  }

  /** History: so many deliveries that are settled. */
  async seedSettled(deliveries: number): Promise<void> {
    await this.consume()
    await this.publish(letter(0))
    await this.untilSettled(1)
    await multiplyNewest(this.#storage, deliveries - 1)
  }

  untilSettled(deliveries: number): Promise<void> {
    return this.#settled.until(deliveries)
  }

  async countSettled(): Promise<number> {
    const { rows } = await this.#storage.pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM deliveries WHERE state = 'succeeded'`,
    )
    return rows[0]!.count
  }

  async close(): Promise<void> {
    await this.#handling.stop()
    await this.#storage.stop()
  }
}

const LONGEST_WAIT_MS = 60_000

/**
 * Resolves when nothing in the app's database runs or is due soon: reminders of days to come do not count.
 *
 * @throws Error when that takes more than a minute.
 */
export async function untilIdle(database: Database): Promise<void> {
  const busy = `SELECT FROM deliveries
    WHERE state = 'running' OR (state IN ('pending', 'retrying') AND due_at < now() + interval '1 minute') LIMIT 1`
  const limit = performance.now() + LONGEST_WAIT_MS
  while ((await database.query(busy)).length > 0) {
    if (performance.now() > limit) throw new Error('The app had work to do for a minute longer than it was given any.')
    await delay(50)
  }
}

/** The newest message as often again, with its deliveries as they are. */
async function multiplyNewest({ pool }: PostgresStorage, copies: number): Promise<void> {
  const connection = await pool.connect()
  try {
    await connection.query('BEGIN')
    await connection.query(
      `CREATE TEMPORARY TABLE copies ON COMMIT DROP AS
       SELECT newest.id AS original, uuidv7() AS id
       FROM (SELECT id FROM messages ORDER BY occurred_at DESC, id DESC LIMIT 1) AS newest, generate_series(1, $1::int)`,
      [copies],
    )
    await connection.query(
      `CREATE TEMPORARY TABLE delivery_copies ON COMMIT DROP AS
       SELECT d.id AS original, c.id AS message_id, uuidv7() AS id FROM copies AS c JOIN deliveries AS d ON d.message_id = c.original`,
    )
    // By way of JSON, so that columns which mean nothing here need no mention.
    await connection.query(
      `INSERT INTO messages
       SELECT copy.* FROM messages AS m JOIN copies AS c ON c.original = m.id,
         jsonb_populate_record(m, jsonb_build_object('id', c.id, 'conversation_id', c.id)) AS copy`,
    )
    await connection.query(
      `INSERT INTO deliveries
       SELECT copy.* FROM deliveries AS d JOIN delivery_copies AS c ON c.original = d.id,
         jsonb_populate_record(d, jsonb_build_object('id', c.id, 'message_id', c.message_id)) AS copy`,
    )
    // The feed has no use for a note of what was never published.
    await connection.query('DELETE FROM changes')
    await connection.query('COMMIT')
  } finally {
    connection.release()
  }
}
