import type { Pool } from 'pg'
import type { Clock } from '../../bus/index.ts'
import { type Range, rangeOf } from '../model/range.ts'
import { boundsOf } from './series.ts'
import { shared } from './shared.ts'

const HOLD_MS = 1_000

const SENT = {
  name: 'read-types-sent',
  text: `
    SELECT name, version, sender, floor((extract(epoch FROM at) - $4::float8) / $5::int)::int AS point,
           sum(count)::int AS count
    FROM message_counts WHERE span_s = $1 AND at >= $2::timestamptz AND at < $3::timestamptz
    GROUP BY 1, 2, 3, 4`,
}

const HANDLED = {
  name: 'read-types-handled',
  text: `
    SELECT message, subscription, outcome, bucket, sum(count)::int AS count, max(longest_ms) AS longest_ms
    FROM attempt_counts WHERE span_s = $1 AND at >= $2::timestamptz AND at < $3::timestamptz
    GROUP BY 1, 2, 3, 4`,
}

export interface SentRow {
  name: string
  version: number
  /** A subscription, or empty for what came from outside. */
  sender: string
  point: number
  count: number
}

export interface HandledRow {
  message: string
  subscription: string
  outcome: 'succeeded' | 'skipped' | 'failed' | 'given-up'
  bucket: number
  count: number
  longest_ms: number
}

/** What went along the routes in a range of time, as it was rolled up. */
export interface Traffic {
  sent: Map<string, SentRow[]>
  handled: Map<string, HandledRow[]>
}

export type TrafficIn = (range: string) => Promise<Traffic>

/** However many look, and at however many pages: the counts are read once a second. */
export function createTrafficQuery(pool: Pool, clock: Clock): TrafficIn {
  return shared(clock, HOLD_MS, (range: string) => findTraffic(pool, rangeOf(range, clock.now().getTime())))
}

async function findTraffic(pool: Pool, range: Range): Promise<Traffic> {
  const values = [range.spanS, ...boundsOf(range)]
  const [sent, handled] = await Promise.all([
    pool.query<SentRow>({ ...SENT, values: [...values, range.fromMs / 1_000, range.stepS] }),
    pool.query<HandledRow>({ ...HANDLED, values }),
  ])
  return {
    sent: Map.groupBy(sent.rows, (row) => row.name),
    handled: Map.groupBy(handled.rows, (row) => row.message),
  }
}
