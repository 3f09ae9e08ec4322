/** PostgreSQL as the storage of the bus: the outbox is the queue and the history. */
import pg, { type Pool } from 'pg'
import type { Prisma, PrismaClient } from '../../prisma/generated/client.ts'
import {
  createPersonKeys,
  type DeliveryStore,
  type NodeStore,
  type Outbox,
  type PersonalTable,
  type PersonKeys,
  type Sealer,
  type Storage,
  type Tx,
  type UnitOfWork,
} from '../bus/index.ts'
import { claimDeliveries, takeOrphans } from './claim.ts'
import { ClaimFloors } from './claim-floors.ts'
import { Disk } from './disk.ts'
import { createHandlerSettingsStore } from './handler-settings.ts'
import { createHistory } from './history.ts'
import { discardDelivery, findSubscription, restoreDelivery, reviveDelivery } from './interventions.ts'
import { createPrisma } from './join-transaction.ts'
import { knownTextsIn } from './known-texts.ts'
import { giveBack, reapLeases, renewLeases, startDelivery } from './leases.ts'
import { nextDueInMs } from './next-due.ts'
import { createNodes } from './nodes.ts'
import { createOutageStore } from './outages.ts'
import { createOutbox } from './outbox.ts'
import { findParked, unparkDeliveries } from './parking.ts'
import { PostgresPersonKeys } from './person-keys.ts'
import { IN_CLEAR, type PersonalTexts, personalTexts, sealingColumns } from './personal-columns.ts'
import { PrismaTransaction } from './prisma-transaction.ts'
import { postgresProcesses } from './processes.ts'
import { createRateLimits } from './rate-limits.ts'
import { createRecurringStore } from './recurring.ts'
import { holdDelivery, replaceDelivery } from './replacing.ts'
import { createReplyStore } from './replies.ts'
import { cancelMessage, rescheduleMessage } from './scheduling.ts'
import { conclude, settleBatch, settleDelivery } from './settle.ts'
import { Turns } from './turns.ts'
import { createUnitOfWork } from './unit-of-work.ts'
import { findWaiting } from './waiting.ts'
import { PostgresWake } from './wake.ts'

export { busTables } from './personal-tables.ts'

export interface PostgresOptions {
  url: string
  /** Names this process in rows: who ran an attempt. */
  node: string
  /**
   * Connections at most for handlers and for whoever else asks, pages before all: a fifth of them, one at least, is never
   * held by handlers. The bus itself has nine besides, two of which listen.
   */
  poolSize: number
  /** Attempts that an operator's retry grants to a delivery of this subscription. */
  maxAttemptsOf(subscription: string): number
  /** What is sealed about people, and with what; without it the tables of the modules are written in clear. */
  privacy?: Privacy
  /** How long one of the bus's own statements may take, in milliseconds, before its connection is given up. Default 15,000. */
  answerWithinMs?: number
  /** Called when an idle connection breaks. */
  onConnectionError(error: Error): void
}

export interface Privacy {
  sealer: Sealer
  tables: readonly PersonalTable[]
}

export interface PostgresStorage extends Storage {
  wake: PostgresWake
  /** Whether the database has run out of room. */
  disk: Pick<Disk, 'isFull' | 'explain'>
  pool: Pool
  /** One connection for whoever sends the same few statements all the time: they are planned once. */
  planned: Pool
  prisma: PrismaClient
  /** Keys of people, for what is kept about them outside of messages; nothing is sealed without {@link PostgresOptions.privacy}. */
  people: PersonKeys | null
  /** What stands in columns about people in place of what is written. */
  personal: PersonalTexts
  /** A transaction that the caller has begun with `prisma.$transaction`: what is sent in it commits with it. */
  within(transaction: Prisma.TransactionClient): Tx
  nodes: NodeStore
  /** Starts listening to other nodes. */
  start(): Promise<void>
  stop(): Promise<void>
}

const BOUNDED = {
  /** Also the longest wait for a free connection: as long as a handler may run. */
  connectionTimeoutMillis: 15_000,
  /** A connection that the network dropped is found out some time after this. */
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
}

/**
 * A network that drops a connection without a word leaves whoever waits for an answer waiting for a quarter of an hour,
 * and a node that waits for one claim takes nothing more.
 */
const ANSWER_WITHIN_MS = 15_000

export type PrivateStorage = PostgresStorage & { people: PersonKeys }

/** Connects lazily; nothing runs before `start()`. */
export function createPostgresStorage(options: PostgresOptions & { privacy: Privacy }): PrivateStorage
export function createPostgresStorage(options: PostgresOptions): PostgresStorage
export function createPostgresStorage(options: PostgresOptions): PostgresStorage {
  const { url, node, privacy } = options
  const pool = new pg.Pool({
    connectionString: url,
    max: options.poolSize,
    application_name: `waybill ${node}`,
    // Statements that need not wait for each other's answers share a round trip: BEGIN with what follows it, a
    // settlement with its COMMIT.
    pipeline: true,
    ...BOUNDED,
  })
  surviveLosses(pool, options)
  const hot = createPlannedPool(options, 'bus', HOT_CONNECTIONS, PLANNED_ONCE)
  const leasing = createPlannedPool(options, 'bus', LEASING_CONNECTIONS, LEASING)
  const planned = createPlannedPool(options, 'feed', 1, PLANNED_ONCE)
  const wake = new PostgresWake({ pool: leasing, url, node })
  const personKeys = new PostgresPersonKeys({ pool: hot, url })
  const people = privacy ? createPersonKeys({ store: personKeys, sealer: privacy.sealer }) : null
  const personal = people && privacy ? personalTexts(people, privacy.sealer) : IN_CLEAR
  const prisma = createPrisma(
    pool,
    () => wake.signal('work'),
    (plain) => (privacy ? sealingColumns(plain, privacy.tables, personal) : plain),
  )
  const turns = new Turns(options.poolSize - keptFromHandlers(options.poolSize))
  const disk = new Disk()
  const unitOfWork = createUnitOfWork({ pool, turns, hot, prisma, personal, wake, disk })
  const outbox = createOutbox({ pool, hot, unitOfWork, wake, disk, node })
  return {
    pool,
    planned,
    prisma,
    people,
    personal,
    wake,
    disk,
    unitOfWork,
    outbox,
    deliveries: createDeliveryStore({ pool: hot, leasing, wake, disk, unitOfWork, outbox }, options),
    replies: createReplyStore(hot),
    outages: createOutageStore(hot),
    within: (transaction) => new PrismaTransaction(transaction, personal),
    processes: postgresProcesses,
    history: createHistory(pool, unitOfWork),
    nodes: createNodes(hot, node),
    handlerSettings: createHandlerSettingsStore(hot),
    rateLimits: createRateLimits(leasing),
    recurring: createRecurringStore(hot),
    personKeys,
    knownTexts: knownTextsIn({ pool: hot, tables: privacy?.tables ?? [], personal }),
    start: async () => {
      await wake.start()
      await personKeys.start()
    },
    stop: async () => {
      await Promise.all([wake.stop(), personKeys.stop()])
      await prisma.$disconnect()
      await Promise.all([leasing.end(), hot.end(), planned.end(), pool.end()])
    },
  }
}

/** Slow handlers would have whoever wants to log in wait for one of them to end. */
function keptFromHandlers(poolSize: number): number {
  return poolSize === 1 ? 0 : Math.ceil(poolSize / 5)
}

const HOT_CONNECTIONS = 4
const LEASING_CONNECTIONS = 2

/**
 * Connections for statements that are few and always the same, the bus's own before all: those that say that the node
 * lives, and how its handlers are to run, as well as those that move messages. They never wait for handlers that hold
 * all the others, as slow ones under load do, and are planned once: their plans do not depend on values, but the planner
 * would make a new one for each claim, since it takes an unknown LIMIT for a tenth of the table.
 */
function createPlannedPool(options: PostgresOptions, whose: string, max: number, settings: string): Pool {
  const { url, node, answerWithinMs = ANSWER_WITHIN_MS } = options
  const pool = new pg.Pool({
    connectionString: url,
    max,
    query_timeout: answerWithinMs,
    application_name: `waybill ${node} ${whose}`,
    ...BOUNDED,
    // The pool waits for it, though its types do not say so.
    onConnect: (connection): unknown => connection.query(settings),
  })
  surviveLosses(pool, options)
  return pool
}

/**
 * The pool hears of connections that break while nobody has them. One that breaks in somebody's hands, between two
 * statements, would end the process if nobody listened: whoever has it finds out with the next statement.
 */
function surviveLosses(pool: Pool, { onConnectionError }: PostgresOptions): void {
  pool.on('error', onConnectionError)
  pool.on('connect', (connection) => connection.on('error', () => {}))
}

/**
 * What is planned on the empty tables of a new installation would read them in full, and go on doing so until
 * PostgreSQL looks at them again: a minute of backlog, every claim of which reads everything.
 */
const PLANNED_ONCE = 'SET plan_cache_mode = force_generic_plan; SET jit = off; SET enable_seqscan = off'

/**
 * A claim need not be on disk before its handler runs, nor need the token that it spent, or a word to other nodes. If
 * PostgreSQL crashes and forgets it the delivery is due as before, just as if the node had died; once the attempt is
 * settled the claim is on disk before the settlement.
 */
const LEASING = `${PLANNED_ONCE}; SET synchronous_commit = off`

interface Parts {
  pool: Pool
  /** For claims, what they spend, and their renewal. */
  leasing: Pool
  wake: PostgresWake
  disk: Disk
  unitOfWork: UnitOfWork
  outbox: Outbox
}

function createDeliveryStore(parts: Parts, options: PostgresOptions): DeliveryStore {
  const { node, maxAttemptsOf, answerWithinMs = ANSWER_WITHIN_MS } = options
  const { pool, leasing, wake, disk } = parts
  const floors = new ClaimFloors()
  return {
    claim: async (capacities, leaseMs) => {
      const claimed = await disk.changing(claimDeliveries(leasing, node, floors, capacities, leaseMs))
      if (claimed.length > 0) wake.signal('change')
      return claimed
    },
    start: (delivery) => startDelivery(pool, delivery),
    renew: (held, leaseMs) => renewLeases(leasing, held, leaseMs),
    settle: settleDelivery,
    settleAll: settleBatch,
    conclude: (conclusions) => disk.changing(conclude({ ...parts, answerWithinMs }, conclusions)),
    giveBack: async (held) => {
      await giveBack(leasing, held)
      wake.tellOthers('work')
    },
    reap: async () => {
      const taken = await reapLeases(pool)
      if (taken > 0) wake.signal('work')
      return taken
    },
    takeOrphans: (subscriptions, leaseMs) => takeOrphans(pool, subscriptions, leaseMs),
    findParked: (subscriptions, after, limit) => findParked(pool, subscriptions, after, limit),
    findWaiting: (after, limit) => findWaiting(pool, after, limit),
    unpark: unparkDeliveries,
    nextDueInMs: (subscriptions, notDueAgoMs) => nextDueInMs(pool, subscriptions, notDueAgoMs),
    revive: async (tx, deliveryId) => {
      const subscription = await findSubscription(tx, deliveryId)
      return subscription === undefined ? 'unknown' : reviveDelivery(tx, deliveryId, maxAttemptsOf(subscription))
    },
    discard: discardDelivery,
    hold: holdDelivery,
    replace: replaceDelivery,
    restore: restoreDelivery,
    cancel: cancelMessage,
    reschedule: rescheduleMessage,
  }
}
