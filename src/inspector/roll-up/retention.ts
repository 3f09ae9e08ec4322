import type { Pool } from 'pg'

const BATCH = 5_000

/** How long each span is kept: as long as the charts that read it look back, and a little longer. */
const OLD = `
  (span_s = 60 AND at < now() - interval '1 day') OR (span_s = 600 AND at < now() - interval '8 days')
  OR (span_s = 3600 AND at < now() - interval '90 days')`

const STATEMENTS = [
  forget('attempt_counts', OLD),
  forget('message_counts', OLD),
  forget('queue_samples', `at < now() - interval '8 days'`),
  forget('roll_up_gaps', `until_at < now() - interval '90 days'`),
  forget('error_texts', `last_at < now() - interval '30 days'`),
  // Of a view that was removed; the numbers of the overview have no hyphen.
  forget('alert_clearances', `alert LIKE '%-%' AND NOT EXISTS (SELECT FROM saved_views WHERE id::text = alert)`),
  // Its message was removed: nothing is left that could be restored.
  forget('discards', 'NOT EXISTS (SELECT FROM deliveries WHERE deliveries.id = discards.delivery_id)'),
  forget('failure_counts', `at < now() - interval '8 days'`),
]

/** Removes what no chart shows any more, batch by batch. Yields how many rows each removed. */
export async function* forgetOldRollUps(pool: Pool): AsyncIterable<number> {
  for (const statement of STATEMENTS) {
    let gone = BATCH
    while (gone === BATCH) {
      gone = (await pool.query(statement)).rowCount ?? 0
      if (gone > 0) yield gone
    }
  }
}

function forget(table: string, condition: string): string {
  return `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${table} WHERE ${condition} LIMIT ${BATCH}))`
}
