import type { Pool } from 'pg'

/** Of each handler so many waiting deliveries are looked at, those that are due first. */
export const MAX_WAITING = 1_000
/** Of all handlers together, the newest first. */
export const MAX_OTHERS = 5_000

/** Both halves of the queue have an index that holds nothing but what is unsettled. */
const WAITING = {
  name: 'look-at-queues',
  text: `
    SELECT known.subscription, queue.waiting, queue.retrying, queue.oldest_due_at
    FROM unnest($1::text[]) AS known (subscription) CROSS JOIN LATERAL (
      SELECT count(*)::int AS waiting, (count(*) FILTER (WHERE state = 'retrying'))::int AS retrying,
             min(due_at) FILTER (WHERE due_at <= now()) AS oldest_due_at
      FROM (
        (SELECT state, due_at FROM deliveries WHERE subscription = known.subscription
           AND state IN ('pending', 'retrying') AND ordering_key IS NULL AND parked_reason IS NULL
         ORDER BY due_at LIMIT $2)
        UNION ALL
        (SELECT state, due_at FROM deliveries WHERE subscription = known.subscription
           AND state IN ('pending', 'retrying') AND ordering_key IS NOT NULL AND parked_reason IS NULL LIMIT $2)
        LIMIT $2
      ) AS waiting
    ) AS queue`,
}

const RUNNING = {
  name: 'count-running',
  text: `
    SELECT subscription, count(*)::int AS count
    FROM (SELECT subscription FROM deliveries WHERE state = 'running' ORDER BY lease_until DESC LIMIT $1) AS newest
    GROUP BY subscription`,
}

const DEAD = {
  name: 'count-dead-of-handlers',
  text: `
    SELECT subscription, count(*)::int AS count
    FROM (SELECT subscription FROM deliveries WHERE state = 'dead' ORDER BY settled_at DESC LIMIT $1) AS newest
    GROUP BY subscription`,
}

/** What stands in line for one handler now. Each number ends at its limit. */
export interface Queue {
  waiting: number
  retrying: number
  /** When the one that has waited longest was due; null where nothing is due. */
  oldestDueAt: Date | null
  running: number
  dead: number
}

export type Queues = ReadonlyMap<string, Queue>

interface WaitingRow {
  subscription: string
  waiting: number
  retrying: number
  oldest_due_at: Date | null
}

interface CountRow {
  subscription: string
  count: number
}

export async function findQueues(pool: Pool, subscriptions: readonly string[]): Promise<Queues> {
  const [waiting, running, dead] = await Promise.all([
    pool.query<WaitingRow>({ ...WAITING, values: [subscriptions, MAX_WAITING + 1] }),
    pool.query<CountRow>({ ...RUNNING, values: [MAX_OTHERS] }),
    pool.query<CountRow>({ ...DEAD, values: [MAX_OTHERS] }),
  ])
  const runs = byName(running.rows)
  const dies = byName(dead.rows)
  return new Map(
    waiting.rows.map((row) => [
      row.subscription,
      {
        waiting: row.waiting,
        retrying: row.retrying,
        oldestDueAt: row.oldest_due_at,
        running: runs.get(row.subscription) ?? 0,
        dead: dies.get(row.subscription) ?? 0,
      },
    ]),
  )
}

function byName(rows: readonly CountRow[]): Map<string, number> {
  return new Map(rows.map((row) => [row.subscription, row.count]))
}
