import type { Pool } from 'pg'
import type { DeliveryStore } from '../bus/index.ts'
import { HEADS } from './claim.ts'

const NEXT_DUE = {
  name: 'next-due',
  text: `
    SELECT extract(epoch FROM min(next.due_at) - now())::float8 * 1000 AS ms
    FROM unnest($1::text[]) AS known (subscription)
    CROSS JOIN LATERAL (
      SELECT due_at FROM deliveries
      WHERE subscription = known.subscription AND state IN ('pending', 'retrying') AND ordering_key IS NULL AND parked_reason IS NULL
        AND due_at > now() - make_interval(secs => $2 / 1000.0)
      ORDER BY due_at LIMIT 1
    ) AS next`,
}

/** Where order is kept: of those that come first. Costs what a claim of theirs costs. */
const NEXT_DUE_IN_ORDER = {
  name: 'next-due-in-order',
  text: `
    SELECT extract(epoch FROM min(next.due_at) - now())::float8 * 1000 AS ms
    FROM unnest($1::text[], $2::bool[]) AS capacity (subscription, dead_waits)
    CROSS JOIN LATERAL (
      ${HEADS}
      SELECT d.due_at FROM head JOIN deliveries AS d ON d.id = head.id
      WHERE d.state IN ('pending', 'retrying') AND d.parked_reason IS NULL
        AND d.due_at > now() - make_interval(secs => $3 / 1000.0)
    ) AS next`,
}

type Subscriptions = Parameters<DeliveryStore['nextDueInMs']>[0]

/** Where no subscription keeps order it is one look into an index for each. */
export async function nextDueInMs(
  pool: Pool,
  subscriptions: Subscriptions,
  notDueAgoMs: number,
): Promise<number | null> {
  const ordered = subscriptions.filter((each) => each.order !== null)
  const found = await Promise.all([
    ask(pool, NEXT_DUE, [namesOf(subscriptions), notDueAgoMs]),
    ordered.length > 0 ? ask(pool, NEXT_DUE_IN_ORDER, [namesOf(ordered), waitForDead(ordered), notDueAgoMs]) : null,
  ])
  const due = found.filter((each) => each !== null)
  // Not by greatest() in SQL, which passes over what is not there: where nothing waits that would be due at once.
  return due.length === 0 ? null : Math.max(0, Math.min(...due))
}

function namesOf(subscriptions: Subscriptions): string[] {
  return subscriptions.map((each) => each.name)
}

function waitForDead(ordered: Subscriptions): boolean[] {
  return ordered.map(({ order }) => order?.whenDead === 'wait')
}

async function ask(pool: Pool, statement: { name: string; text: string }, values: unknown[]): Promise<number | null> {
  const { rows } = await pool.query<{ ms: number | null }>({ ...statement, values })
  return rows[0]?.ms ?? null
}
