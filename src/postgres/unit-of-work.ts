import type { Pool, PoolClient } from 'pg'
import type { Prisma, PrismaClient } from '../../prisma/generated/client.ts'
import type { Tx, UnitOfWork, Wake, WakeTopic } from '../bus/index.ts'
import type { Disk } from './disk.ts'
import { type JoinedTransaction, joinTransaction } from './join-transaction.ts'
import type { PersonalTexts } from './personal-columns.ts'
import { planned, type Statement } from './statement.ts'
import type { Turns } from './turns.ts'

declare module '../bus/ports.ts' {
  interface Tx {
    /** Runs one statement in the transaction; one with a name is planned once for each connection. */
    query<Row extends object>(statement: string | Statement, values?: readonly unknown[]): Promise<Row[]>
    /**
     * One of the last statements, sent together with the commit: without it nothing is committed, and `run` rejects
     * with what `toError` makes of its error.
     */
    last(statement: Statement, values: readonly unknown[], toError: (error: unknown) => unknown): Promise<void>
    /** Deliveries may be due once this commits: whoever looks for work is woken. */
    bringsWork(): void
    /** Seals and opens what statements of one's own write and read about people. */
    readonly personal: PersonalTexts
    /** Prisma's client in the same transaction, for models. */
    prisma(): Promise<Prisma.TransactionClient>
  }
}

interface Parts {
  pool: Pool
  /** Those who leave room to others have at most so many connections of the pool at once. */
  turns: Turns
  /** Ends what another connection waits in. */
  hot: Pool
  prisma: PrismaClient
  personal: PersonalTexts
  wake: Wake
  disk: Disk
}

/** Transactions on a pool. Whoever waits for work is woken after each commit. */
export function createUnitOfWork(parts: Parts): UnitOfWork {
  const { wake, disk } = parts
  return {
    run: async (work, { signal, leavesRoom = false } = {}) => {
      const tx = new PostgresTransaction(parts, leavesRoom ? parts.turns : null)
      const abandon = () => void tx.abandon()
      signal?.addEventListener('abort', abandon, { once: true })
      try {
        const result = await work(tx)
        if (await tx.commit()) wake.signal(tx.topic)
        return result
      } catch (error) {
        await tx.rollBack(isOfServer(error))
        throw disk.explain(error)
      } finally {
        signal?.removeEventListener('abort', abandon)
      }
    },
  }
}

const READ_ONLY = '25006'

/** What every transaction of the connection would fail with: its server is no primary any more. */
function isOfServer(error: unknown): boolean {
  return (error as { code?: unknown }).code === READ_ONLY
}

/** idle ──first statement──▶ open ──▶ committed | rolled back | abandoned */
class PostgresTransaction implements Tx {
  readonly personal: PersonalTexts
  readonly #pool: Pool
  readonly #turns: Turns | null
  readonly #hot: Pool
  readonly #prisma: PrismaClient
  #begun: Promise<PoolClient> | undefined
  #joined: Promise<JoinedTransaction> | undefined
  readonly #last: Promise<unknown>[] = []
  #isEnded = false
  #isBroken = false
  #isReleased = false
  #topic: WakeTopic = 'change'

  constructor({ pool, hot, prisma, personal }: Parts, turns: Turns | null) {
    this.personal = personal
    this.#pool = pool
    this.#turns = turns
    this.#hot = hot
    this.#prisma = prisma
  }

  get isOpen(): boolean {
    return this.#begun !== undefined
  }

  /** What its commit means to those who wait. */
  get topic(): WakeTopic {
    return this.#topic
  }

  bringsWork(): void {
    this.#topic = 'work'
  }

  async query<Row extends object>(statement: string | Statement, values: readonly unknown[] = []): Promise<Row[]> {
    const connection = await this.#connection()
    const asked = typeof statement === 'string' ? planned(statement) : statement
    const { rows } = await connection.query<Row>({ ...asked, values: [...values] })
    return rows
  }

  async last(statement: Statement, values: readonly unknown[], toError: (error: unknown) => unknown): Promise<void> {
    const connection = await this.#connection()
    const sent = connection.query({ ...statement, values: [...values] }).catch((error: unknown) => {
      throw toError(error)
    })
    sent.catch(() => {})
    this.#last.push(sent)
  }

  async prisma(): Promise<Prisma.TransactionClient> {
    const connection = await this.#connection()
    this.#joined ??= joinTransaction(this.#prisma, connection)
    return (await this.#joined).client
  }

  /** Returns whether there was anything to commit. */
  async commit(): Promise<boolean> {
    const connection = await this.#end()
    if (!connection) return false
    const committed = connection.query('COMMIT')
    committed.catch(() => {})
    await Promise.all(this.#last)
    // PostgreSQL answers the commit of a transaction that has failed by rolling it back, and calls that no error.
    if ((await committed).command !== 'COMMIT') throw new Error('A statement of the transaction had failed before.')
    this.#release(connection)
    return true
  }

  /** `isUseless`: nobody else is to have its connection. */
  async rollBack(isUseless: boolean): Promise<void> {
    const connection = await this.#end().catch(() => this.#begun?.catch(() => undefined))
    if (!connection || this.#isReleased) return
    if (isUseless) this.#isBroken = true
    await connection.query('ROLLBACK').catch(() => {
      this.#isBroken = true
    })
    this.#release(connection)
  }

  /**
   * Gives up without waiting for whoever works in it: the connection is closed, and PostgreSQL rolls back. A handler
   * that hangs would keep its connection and its locks for good.
   */
  async abandon(): Promise<void> {
    this.#isEnded = true
    const connection = await this.#begun?.catch(() => undefined)
    if (!connection || this.#isReleased) return
    this.#isBroken = true
    cutOff(connection, this.#hot)
    this.#release(connection)
  }

  /** A handler that goes on after its time limit must not write on a connection that has moved on. */
  async #end(): Promise<PoolClient | undefined> {
    this.#isEnded = true
    const joined = await this.#joined
    await joined?.leave()
    return this.#begun
  }

  #connection(): Promise<PoolClient> {
    if (this.#isEnded) throw ended()
    this.#begun ??= this.#begin()
    return this.#begun
  }

  async #begin(): Promise<PoolClient> {
    const connection = await this.#connect()
    connection.on('error', this.#onError)
    // Goes out with the first statement, which fails when it does.
    connection.query('BEGIN').catch(() => {
      this.#isBroken = true
    })
    return connection
  }

  async #connect(): Promise<PoolClient> {
    await this.#turns?.take()
    try {
      // It may have been given up while it waited.
      if (this.#isEnded) throw ended()
      return await this.#pool.connect()
    } catch (error) {
      this.#turns?.pass()
      throw error
    }
  }

  /** A connection that dies between two statements must not take the process with it. */
  readonly #onError = () => {
    this.#isBroken = true
  }

  #release(connection: PoolClient): void {
    this.#isReleased = true
    connection.removeListener('error', this.#onError)
    connection.release(this.#isBroken)
    this.#turns?.pass()
  }
}

function ended(): Error {
  return new Error('The transaction has ended; await everything that a handler does in it.')
}

/**
 * Its statement may wait, for a lock or for whatever: a driver that sends ahead waits for the answers to all it has sent,
 * and PostgreSQL does not look whether anybody is there still before the statement has ended.
 */
function cutOff(connection: PoolClient, hot: Pool): void {
  const { processID, connection: wire } = connection as unknown as Wired
  hot.query('SELECT pg_terminate_backend($1)', [processID]).catch(() => {})
  wire.stream.destroy()
}

/** A connection as the driver has it, beyond its types. */
interface Wired {
  processID: number
  connection: { stream: { destroy(): void } }
}
