/** PostgreSQL as the storage of the bus: the outbox is the queue and the history. */
import pg, { type Pool } from 'pg'
import type { PrismaClient } from '../../prisma/generated/client.ts'
import type { DeliveryStore, Outbox, Storage, UnitOfWork } from '../bus/index.ts'
import { claimDeliveries } from './claim.ts'
import { ClaimFloors } from './claim-floors.ts'
import { discardDelivery, findSubscription, restoreDelivery, reviveDelivery } from './interventions.ts'
import { createPrisma } from './join-transaction.ts'
import { reapLeases, renewLeases } from './leases.ts'
import { createOutbox } from './outbox.ts'
import { createReplyStore } from './replies.ts'
import { conclude, settleDelivery } from './settle.ts'
import { createUnitOfWork } from './unit-of-work.ts'
import { PostgresWake } from './wake.ts'

export interface PostgresOptions {
  url: string
  /** Names this process in rows: who ran an attempt. */
  node: string
  /** Connections at most. */
  poolSize: number
  /** Attempts that an operator's retry grants to a delivery of this subscription. */
  maxAttemptsOf(subscription: string): number
  /** Called when an idle connection breaks. */
  onConnectionError(error: Error): void
}

export interface PostgresStorage extends Storage {
  pool: Pool
  prisma: PrismaClient
  /** Starts listening to other nodes. */
  start(): Promise<void>
  stop(): Promise<void>
}

/** Connects lazily; nothing runs before `start()`. */
export function createPostgresStorage(options: PostgresOptions): PostgresStorage {
  const { url, node } = options
  const pool = new pg.Pool({ connectionString: url, max: options.poolSize, application_name: `waybill ${node}` })
  pool.on('error', options.onConnectionError)
  const prisma = createPrisma(pool)
  const wake = new PostgresWake({ pool, url, node })
  const unitOfWork = createUnitOfWork(pool, prisma, wake)
  const outbox = createOutbox(pool, wake)
  return {
    pool,
    prisma,
    wake,
    unitOfWork,
    outbox,
    deliveries: createDeliveryStore({ pool, wake, unitOfWork, outbox }, options),
    replies: createReplyStore(pool),
    start: () => wake.start(),
    stop: async () => {
      await wake.stop()
      await prisma.$disconnect()
      await pool.end()
    },
  }
}

interface Parts {
  pool: Pool
  wake: PostgresWake
  unitOfWork: UnitOfWork
  outbox: Outbox
}

function createDeliveryStore(parts: Parts, { node, maxAttemptsOf }: PostgresOptions): DeliveryStore {
  const { pool, wake } = parts
  const floors = new ClaimFloors()
  return {
    claim: async (capacities, leaseMs) => {
      const claimed = await claimDeliveries(pool, node, floors, capacities, leaseMs)
      if (claimed.length > 0) wake.signal('change')
      return claimed
    },
    renew: (held, leaseMs) => renewLeases(pool, held, leaseMs),
    settle: settleDelivery,
    conclude: (conclusions) => conclude(parts, conclusions),
    reap: async () => {
      const taken = await reapLeases(pool)
      if (taken > 0) wake.signal('work')
      return taken
    },
    nextDueInMs: (subscriptions) => nextDueInMs(pool, subscriptions),
    revive: async (tx, deliveryId) => {
      const subscription = await findSubscription(tx, deliveryId)
      return subscription === undefined ? 'unknown' : reviveDelivery(tx, deliveryId, maxAttemptsOf(subscription))
    },
    discard: discardDelivery,
    restore: restoreDelivery,
  }
}

/** What is kept in order is left out: the slow poll looks for its delayed heads. */
const NEXT_DUE = `
  SELECT greatest(0, extract(epoch FROM min(next.due_at) - now()) * 1000)::float8 AS ms
  FROM unnest($1::text[]) AS known (subscription)
  CROSS JOIN LATERAL (
    SELECT due_at FROM deliveries
    WHERE subscription = known.subscription AND state IN ('pending', 'retrying') AND ordering_key IS NULL
    ORDER BY due_at LIMIT 1
  ) AS next`

async function nextDueInMs(pool: Pool, subscriptions: string[]): Promise<number | null> {
  const { rows } = await pool.query<{ ms: number | null }>({
    name: 'next-due',
    text: NEXT_DUE,
    values: [subscriptions],
  })
  return rows[0]?.ms ?? null
}
