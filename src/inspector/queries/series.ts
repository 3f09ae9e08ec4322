import type { Pool } from 'pg'
import { type Counted, percentile } from '../model/histogram.ts'
import type { Series } from '../model/overview.ts'
import { pointsOf, type Range } from '../model/range.ts'

const SERIES = {
  name: 'read-series',
  text: `
    SELECT floor((extract(epoch FROM at) - $4::float8) / $5::int)::int AS point, outcome, bucket, sum(count)::int AS count
    FROM attempt_counts
    WHERE span_s = $1 AND at >= $2::timestamptz AND at < $3::timestamptz AND ($6::text IS NULL OR subscription = $6)
      AND ($7::text IS NULL OR message = $7)
    GROUP BY 1, 2, 3`,
}

interface Row {
  point: number
  outcome: 'succeeded' | 'skipped' | 'failed' | 'given-up'
  bucket: number
  count: number
}

const LISTS = { succeeded: 'succeeded', skipped: 'skipped', failed: 'failed', 'given-up': 'givenUp' } as const

/** Ends of attempts in a range: of one handler, of one type of message, or of all. */
export async function findSeries(
  pool: Pool,
  range: Range,
  of: { subscription?: string; message?: string },
): Promise<Series> {
  const points = pointsOf(range)
  const values = [
    range.spanS,
    ...boundsOf(range),
    range.fromMs / 1_000,
    range.stepS,
    of.subscription ?? null,
    of.message ?? null,
  ]
  const { rows } = await pool.query<Row>({ ...SERIES, values })
  const zeros = () => points.map(() => 0)
  const series = { succeeded: zeros(), skipped: zeros(), failed: zeros(), givenUp: zeros() }
  const durations: Counted[][] = points.map(() => [])
  for (const { point, outcome, bucket, count } of rows) {
    const list = series[LISTS[outcome]]
    list[point] = (list[point] ?? 0) + count
    durations[point]?.push([bucket, count])
  }
  const at = (share: number) => durations.map((each) => percentile(each, share))
  return {
    times: points.map((each) => each / 1_000),
    stepS: range.stepS,
    ...series,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
  }
}

/** The times between which spans are read, for a statement. */
export function boundsOf({ fromMs, toMs }: Range): [from: string, to: string] {
  return [new Date(fromMs).toISOString(), new Date(toMs).toISOString()]
}

/** Whether of a part of the range not everything was counted. */
export async function hasGap(pool: Pool, range: Range): Promise<boolean> {
  const text = 'SELECT FROM roll_up_gaps WHERE until_at > $1::timestamptz AND from_at < $2::timestamptz LIMIT 1'
  return (await pool.query({ name: 'find-gap', text, values: boundsOf(range) })).rowCount === 1
}
