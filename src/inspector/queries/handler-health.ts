import type { Pool } from 'pg'
import { type Counted, percentilesOf } from '../model/histogram.ts'
import type { HandlerHealth } from '../model/overview.ts'
import { pointsOf, type Range } from '../model/range.ts'
import { boundsOf } from './series.ts'

const TOTALS = {
  name: 'read-handler-totals',
  text: `
    SELECT subscription, outcome, bucket, sum(count)::int AS count, max(longest_ms) AS longest_ms
    FROM attempt_counts WHERE span_s = $1 AND at >= $2::timestamptz AND at < $3::timestamptz
    GROUP BY 1, 2, 3`,
}

const TRENDS = {
  name: 'read-handler-trends',
  text: `
    SELECT subscription, floor((extract(epoch FROM at) - $4::float8) / $5::int)::int AS point, sum(count)::int AS count,
           coalesce(sum(count) FILTER (WHERE outcome IN ('failed', 'given-up')), 0)::int AS bad
    FROM attempt_counts
    WHERE span_s = $1 AND at >= $2::timestamptz AND at < $3::timestamptz AND outcome <> 'skipped'
    GROUP BY 1, 2`,
}

/** A week back: whoever has not succeeded for longer is told to have none. */
const LAST_SUCCESS = {
  name: 'read-last-success',
  text: `
    SELECT subscription, max(last_at) AS at FROM attempt_counts
    WHERE span_s = 3600 AND at > now() - interval '7 days' AND outcome = 'succeeded' GROUP BY 1`,
}

interface TotalRow {
  subscription: string
  outcome: string
  bucket: number
  count: number
  longest_ms: number
}

interface TrendRow {
  subscription: string
  point: number
  count: number
  bad: number
}

export type HealthOf = (subscription: string) => HandlerHealth

/** How each handler did in the range. */
export async function findHandlerHealth(pool: Pool, range: Range, nowMs: number): Promise<HealthOf> {
  const values = [range.spanS, ...boundsOf(range)]
  const [totals, trends, successes] = await Promise.all([
    pool.query<TotalRow>({ ...TOTALS, values }),
    pool.query<TrendRow>({ ...TRENDS, values: [...values, range.fromMs / 1_000, range.stepS] }),
    pool.query<{ subscription: string; at: Date }>(LAST_SUCCESS),
  ])
  const totalsOf = Map.groupBy(totals.rows, (row) => row.subscription)
  const trendsOf = Map.groupBy(trends.rows, (row) => row.subscription)
  const successOf = new Map(successes.rows.map((row) => [row.subscription, row.at.toISOString()]))
  const seconds = Math.max(1, (Math.min(range.toMs, nowMs) - range.fromMs) / 1_000)
  const points = pointsOf(range).length
  return (subscription) => ({
    ...summaryOf(totalsOf.get(subscription) ?? [], seconds),
    lastSuccessAt: successOf.get(subscription) ?? null,
    trend: trendOf(trendsOf.get(subscription) ?? [], points),
  })
}

function summaryOf(rows: readonly TotalRow[], seconds: number): Omit<HandlerHealth, 'lastSuccessAt' | 'trend'> {
  const countOf = (...outcomes: string[]) =>
    rows.reduce((sum, row) => (outcomes.includes(row.outcome) ? sum + row.count : sum), 0)
  const attempts = countOf('succeeded', 'failed', 'given-up')
  const share = (count: number) => (attempts === 0 ? 0 : count / attempts)
  const durations = rows.map(({ bucket, count }): Counted => [bucket, count])
  return {
    attempts,
    perSecond: attempts / seconds,
    errorShare: share(countOf('failed', 'given-up')),
    retryShare: share(countOf('failed')),
    percentiles: percentilesOf(durations, Math.max(0, ...rows.map((row) => row.longest_ms))),
  }
}

function trendOf(rows: readonly TrendRow[], points: number): HandlerHealth['trend'] {
  const trend = { all: Array.from({ length: points }, () => 0), bad: Array.from({ length: points }, () => 0) }
  for (const { point, count, bad } of rows) {
    trend.all[point] = count
    trend.bad[point] = bad
  }
  return trend
}
