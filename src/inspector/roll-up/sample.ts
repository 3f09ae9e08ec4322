import type { Pool } from 'pg'
import { findQueues } from '../queries/queues.ts'

/** The minute keeps its last sample, and the longest wait of all of them. */
const KEEP = `
  INSERT INTO queue_samples AS known (at, waiting, oldest_ms, retrying, dead)
  VALUES (date_trunc('minute', now()), $1, coalesce(extract(epoch FROM now() - $2::timestamptz) * 1000, 0), $3, $4)
  ON CONFLICT (at) DO UPDATE
  SET waiting = excluded.waiting, oldest_ms = greatest(known.oldest_ms, excluded.oldest_ms),
      retrying = excluded.retrying, dead = excluded.dead`

export async function sampleQueues(pool: Pool, subscriptions: readonly string[]): Promise<void> {
  const queues = [...(await findQueues(pool, subscriptions)).values()]
  const sum = (numberOf: (queue: (typeof queues)[number]) => number) =>
    queues.reduce((total, queue) => total + numberOf(queue), 0)
  const oldest = queues.flatMap((each) => each.oldestDueAt ?? []).sort((a, b) => a.getTime() - b.getTime())[0]
  await pool.query(KEEP, [
    sum((each) => each.waiting),
    oldest ?? null,
    sum((each) => each.retrying),
    sum((each) => each.dead),
  ])
}
