import type { Pool, PoolClient } from 'pg'
import type { Prisma, PrismaClient } from '../../prisma/generated/client.ts'
import type { Tx, UnitOfWork, Wake, WakeTopic } from '../bus/index.ts'
import { type JoinedTransaction, joinTransaction } from './join-transaction.ts'
import type { Statement } from './statement.ts'

declare module '../bus/ports.ts' {
  interface Tx {
    /** Runs one statement in the transaction; one with a name is planned once for each connection. */
    query<Row extends object>(statement: string | Statement, values?: readonly unknown[]): Promise<Row[]>
    /** Deliveries may be due once this commits: whoever looks for work is woken. */
    bringsWork(): void
    /** Prisma's client in the same transaction, for models. */
    prisma(): Promise<Prisma.TransactionClient>
  }
}

/** Transactions on a pool. Whoever waits for work is woken after each commit. */
export function createUnitOfWork(pool: Pool, prisma: PrismaClient, wake: Wake): UnitOfWork {
  return {
    run: async (work) => {
      const connection = await pool.connect()
      let isBroken = false
      // A connection that dies between two statements must not take the process with it.
      const onError = () => {
        isBroken = true
      }
      connection.on('error', onError)
      const tx = new PostgresTransaction(connection, prisma)
      try {
        await connection.query('BEGIN')
        const result = await work(tx)
        await tx.close()
        await connection.query('COMMIT')
        wake.signal(tx.topic)
        return result
      } catch (error) {
        await tx.close().catch(() => {})
        await connection.query('ROLLBACK').catch(() => {
          isBroken = true
        })
        throw error
      } finally {
        connection.removeListener('error', onError)
        connection.release(isBroken)
      }
    },
  }
}

class PostgresTransaction implements Tx {
  readonly #connection: PoolClient
  readonly #prisma: PrismaClient
  #joined: Promise<JoinedTransaction> | undefined
  #isOpen = true
  #topic: WakeTopic = 'change'

  constructor(connection: PoolClient, prisma: PrismaClient) {
    this.#connection = connection
    this.#prisma = prisma
  }

  /** What its commit means to those who wait. */
  get topic(): WakeTopic {
    return this.#topic
  }

  bringsWork(): void {
    this.#topic = 'work'
  }

  async query<Row extends object>(statement: string | Statement, values: readonly unknown[] = []): Promise<Row[]> {
    this.#checkOpen()
    const asked = typeof statement === 'string' ? { text: statement } : statement
    const { rows } = await this.#connection.query<Row>({ ...asked, values: [...values] })
    return rows
  }

  async prisma(): Promise<Prisma.TransactionClient> {
    this.#checkOpen()
    this.#joined ??= joinTransaction(this.#prisma, this.#connection)
    return (await this.#joined).client
  }

  /** A handler that goes on after its time limit must not write on a connection that has moved on. */
  async close(): Promise<void> {
    this.#isOpen = false
    const joined = await this.#joined
    await joined?.leave()
  }

  #checkOpen(): void {
    if (!this.#isOpen) throw new Error('The transaction has ended; await everything that a handler does in it.')
  }
}
