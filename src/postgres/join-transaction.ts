/**
 * Lets Prisma work inside a transaction that we opened ourselves: handlers' models and the bus's own statements
 * share one connection, so that they commit together. Prisma's adapter asks its pool for a connection; while a
 * transaction is being joined it is handed ours, on which its own BEGIN and COMMIT say nothing.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { PrismaPg } from '@prisma/adapter-pg'
import type { Pool, PoolClient } from 'pg'
import { type Prisma, PrismaClient } from '../../prisma/generated/client.ts'
import { planned } from './statement.ts'

const joining = new AsyncLocalStorage<PoolClient>()
const beginning = new AsyncLocalStorage<{ connection?: PoolClient }>()
const connections = new WeakMap<Prisma.TransactionClient, PoolClient>()

/**
 * A Prisma client on the given pool, whose transactions {@link joinTransaction} can put inside ours. `onCommit` is
 * called after each transaction of its own: messages may have been sent in it.
 */
export function createPrisma(
  pool: Pool,
  onCommit: () => void,
  extend: (prisma: PrismaClient) => PrismaClient,
): PrismaClient {
  const connect = async (callback?: Parameters<Pool['connect']>[0]) => {
    const joined = joining.getStore()
    if (joined && !callback) return joined
    if (callback) return pool.connect(callback)
    const connection = await pool.connect()
    const begun = beginning.getStore()
    if (begun) begun.connection ??= connection
    return tellingOfCommits(connection, onCommit)
  }
  const joinable = Object.create(pool, { connect: { value: connect } }) as Pool
  const prisma = new PrismaClient({ adapter: new PrismaPg(joinable, { statementNameGenerator }) })
  return rememberingConnections(extend(prisma))
}

/** Without a name Prisma has the same statement planned anew each time. The empty name is none. */
function statementNameGenerator({ sql }: { sql: string }): string {
  return planned(sql).name ?? ''
}

/** The connection of a transaction that was begun with a client of {@link createPrisma}. */
export function connectionOf(transaction: Prisma.TransactionClient): PoolClient {
  const connection = connections.get(transaction)
  if (!connection)
    throw new Error("The transaction was not begun with `$transaction` of the storage's own Prisma client.")
  return connection
}

type Work = (transaction: Prisma.TransactionClient) => Promise<unknown>

/** Prisma does not say on which connection a transaction is. */
function rememberingConnections(prisma: PrismaClient): PrismaClient {
  const begin = (work: Work, options?: object) => {
    if (typeof work !== 'function') return prisma.$transaction(work, options)
    const begun: { connection?: PoolClient } = {}
    const remember: Work = (transaction) => {
      if (begun.connection) connections.set(transaction, begun.connection)
      return work(transaction)
    }
    return beginning.run(begun, () => prisma.$transaction(remember, options))
  }
  const get = (client: PrismaClient, key: string | symbol): unknown =>
    key === '$transaction' ? begin : Reflect.get(client, key)
  return new Proxy(prisma, { get })
}

export interface JoinedTransaction {
  client: Prisma.TransactionClient
  /** Ends Prisma's part. The connection and its transaction stay open. */
  leave(): Promise<void>
}

const LONGEST_MS = 60 * 60_000

/** Starts a Prisma transaction on a connection that is in a transaction already. */
export function joinTransaction(prisma: PrismaClient, connection: PoolClient): Promise<JoinedTransaction> {
  return new Promise((resolve, reject) => {
    const left = Promise.withResolvers<void>()
    const ended = joining.run(withoutBoundaries(connection), () =>
      prisma.$transaction(
        async (client) => {
          resolve({
            client,
            leave: async () => {
              left.resolve()
              await ended
            },
          })
          await left.promise
        },
        { timeout: LONGEST_MS },
      ),
    )
    ended.catch(reject)
  })
}

const BOUNDARIES = new Set(['BEGIN', 'COMMIT', 'ROLLBACK'])
const NOTHING = { rows: [], fields: [], rowCount: 0, command: '', oid: 0 }

function tellingOfCommits(connection: PoolClient, onCommit: () => void): PoolClient {
  const query = async (statement: { text: string }) => {
    const result = await connection.query(statement)
    if (statement.text === 'COMMIT') onCommit()
    return result
  }
  return Object.create(connection, { query: { value: query } }) as PoolClient
}

function withoutBoundaries(connection: PoolClient): PoolClient {
  const query = (statement: { text: string }) =>
    BOUNDARIES.has(statement.text) ? Promise.resolve(NOTHING) : connection.query(statement)
  return Object.create(connection, { query: { value: query }, release: { value: () => {} } }) as PoolClient
}
