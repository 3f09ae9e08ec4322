import type { Pool } from 'pg'
import { bucketsUpTo, type Density } from '../model/density.ts'

const SENT = {
  name: 'read-sent-per-bucket',
  text: `
    SELECT ((extract(epoch FROM at) * 1000 - $1::float8) / $2::float8)::int AS bucket, sum(count)::int AS count
    FROM message_counts WHERE span_s = $2::float8 / 1000 AND at >= to_timestamp($1::float8 / 1000) GROUP BY 1`,
}

const FAILED = {
  name: 'read-failed-per-bucket',
  text: `
    SELECT ((extract(epoch FROM at) * 1000 - $1::float8) / $2::float8)::int AS bucket, sum(count)::int AS count
    FROM attempt_counts
    WHERE span_s = $2::float8 / 1000 AND at >= to_timestamp($1::float8 / 1000) AND outcome IN ('failed', 'given-up')
    GROUP BY 1`,
}

/** Read from what the leading node has rolled up: it costs the same however much was sent. */
export async function findDensity(pool: Pool, nowMs: number): Promise<Density> {
  const { fromMs, stepMs, count } = bucketsUpTo(nowMs)
  const values = [fromMs, stepMs]
  const [sent, failed] = await Promise.all([
    pool.query<{ bucket: number; count: number }>({ ...SENT, values }),
    pool.query<{ bucket: number; count: number }>({ ...FAILED, values }),
  ])
  const toList = (rows: readonly { bucket: number; count: number }[]) => {
    const counts = new Map(rows.map((row) => [row.bucket, row.count]))
    return Array.from({ length: count }, (_, bucket) => counts.get(bucket) ?? 0)
  }
  return { fromMs, stepMs, sent: toList(sent.rows), failed: toList(failed.rows) }
}
