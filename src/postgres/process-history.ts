import type { Pool } from 'pg'
import type { ProcessStatus, Retention } from '../bus/index.ts'
import { groupsOf } from './retention-groups.ts'

const BATCH_INSTANCES = 200
const FINISHED = ['completed', 'failed'] as const satisfies ProcessStatus[]

/**
 * Looks at the next finished instances by the time they started, along the index `processes_by_status`, from the last
 * one looked at. Their revisions go with them. What runs is under another status, and never looked at.
 */
const PURGE = {
  name: 'purge-processes',
  text: `
    WITH oldest AS MATERIALIZED (
      SELECT name, key, started_at FROM processes
      WHERE status = $1 AND (started_at, name, key) > ($2::timestamptz, $3::text, $4::text)
        AND started_at < now() - make_interval(days => $5)
      ORDER BY started_at, name, key LIMIT ${BATCH_INSTANCES}
    ), gone AS (
      DELETE FROM processes AS p USING oldest
      WHERE p.name = oldest.name AND p.key = oldest.key AND p.finished_at < now() - make_interval(days => $5)
        AND (p.name = ANY ($6::text[])) = $7
      RETURNING 1
    )
    SELECT (SELECT count(*) FROM oldest)::int AS looked_at, (SELECT count(*) FROM gone)::int AS gone,
           started_at::text AS last_at, name AS last_name, key AS last_key
    FROM oldest ORDER BY started_at DESC, name DESC, key DESC LIMIT 1`,
}

interface Batch {
  looked_at: number
  gone: number
  last_at: string
  last_name: string
  last_key: string
}

/** Removes instances that finished long ago. Yields how many went with each batch. */
export async function* purgeProcesses(pool: Pool, retention: Retention): AsyncIterable<number> {
  for (const { days, names, areNamed } of groupsOf(retention)) {
    for (const status of FINISHED) {
      let from = ['-infinity', '', '']
      for (;;) {
        const { rows } = await pool.query<Batch>({ ...PURGE, values: [status, ...from, days, names, areNamed] })
        const [batch] = rows
        if (!batch) break
        yield batch.gone
        if (batch.looked_at < BATCH_INSTANCES) break
        from = [batch.last_at, batch.last_name, batch.last_key]
      }
    }
  }
}
