import type { Pool } from 'pg'
import type { Clock } from '../../bus/index.ts'
import type { UsualDuration } from '../model/explain/circumstances.ts'
import { FEWEST, NEARLY_ALL, type UsualShape } from '../model/explain/usual-shape.ts'
import { type Counted, percentile } from '../model/histogram.ts'
import { shared } from './shared.ts'

/** What is usual is learned from so long, from the hours that were rolled up. */
const DAYS = 7
/** It changes slowly: one answer for all who look within a minute. */
const HOLD_MS = 60_000

/** What messages of a type usually lead to. */
export interface UsualOfType {
  shape: UsualShape | null
  /** By subscription. */
  durations: ReadonlyMap<string, UsualDuration>
}

/** How each delivery ended, once; a failed attempt is not an end. */
const ENDS = {
  name: 'read-usual-ends',
  text: `
    SELECT subscription, bucket, outcome = 'succeeded' AS is_success, sum(count)::int AS count
    FROM attempt_counts
    WHERE span_s = 3600 AND at >= $2::timestamptz AND message = $1 AND outcome IN ('succeeded', 'skipped', 'given-up')
    GROUP BY 1, 2, 3`,
}

const SENT = {
  name: 'read-usual-sent',
  text: `
    SELECT coalesce(sum(count), 0)::int AS count FROM message_counts
    WHERE span_s = 3600 AND at >= $2::timestamptz AND name = $1`,
}

interface EndRow {
  subscription: string
  bucket: number
  is_success: boolean
  count: number
}

export function createUsual(pool: Pool, clock: Clock): (name: string) => Promise<UsualOfType> {
  return shared(clock, HOLD_MS, (name: string) => findUsual(pool, name, clock.now().getTime() - DAYS * 86_400_000))
}

async function findUsual(pool: Pool, name: string, sinceMs: number): Promise<UsualOfType> {
  const values = [name, new Date(sinceMs).toISOString()]
  const [ends, sent] = await Promise.all([
    pool.query<EndRow>({ ...ENDS, values }),
    pool.query<{ count: number }>({ ...SENT, values }),
  ])
  const messages = sent.rows[0]?.count ?? 0
  const bySubscription = [...Map.groupBy(ends.rows, (row) => row.subscription)]
  return {
    shape: messages < FEWEST ? null : { messages, subscriptions: usualOf(bySubscription, messages) },
    durations: new Map(
      bySubscription.flatMap(([subscription, rows]) => {
        const usual = durationOf(rows)
        return usual ? [[subscription, usual] as const] : []
      }),
    ),
  }
}

type Ends = readonly (readonly [subscription: string, rows: readonly EndRow[]])[]

function usualOf(ends: Ends, messages: number): string[] {
  return ends
    .filter(([, rows]) => rows.reduce((sum, row) => sum + row.count, 0) >= messages * NEARLY_ALL)
    .map(([subscription]) => subscription)
    .sort()
}

function durationOf(rows: readonly EndRow[]): UsualDuration | null {
  const counts = rows.filter((row) => row.is_success).map((row): Counted => [row.bucket, row.count])
  if (counts.reduce((sum, [, count]) => sum + count, 0) < FEWEST) return null
  return { p50: percentile(counts, 0.5)!, p95: percentile(counts, 0.95)! }
}
