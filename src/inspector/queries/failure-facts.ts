import type { Pool } from 'pg'
import { type FailureFacts, type FailureMarkView, statusOf } from '../model/failure-status.ts'

const HOURS = 24

const FACTS = {
  name: 'read-failure-facts',
  text: `
    SELECT asked.fingerprint, g.count, g.last_at, g.first_version, to_jsonb(m) AS mark, m.marked_at,
           (SELECT coalesce(jsonb_object_agg(${HOURS - 1} - extract(epoch FROM date_trunc('hour', now()) - c.at)::int / 3600, c.count), '{}')
            FROM failure_counts AS c
            WHERE c.fingerprint = asked.fingerprint AND c.at > date_trunc('hour', now()) - interval '${HOURS} hours') AS hours
    FROM unnest($1::text[]) AS asked (fingerprint)
    LEFT JOIN failure_groups AS g ON g.fingerprint = asked.fingerprint
    LEFT JOIN failure_marks AS m ON m.fingerprint = asked.fingerprint`,
}

interface Row {
  fingerprint: string
  count: number | null
  last_at: Date | null
  first_version: string | null
  mark: {
    state: FailureMarkView['state']
    owner: string | null
    note: string | null
    ignore_more: number | null
    count_then: number
    actor_id: string
  } | null
  marked_at: Date | null
  hours: Record<string, number>
}

const NOTHING: FailureFacts = { trend: [], everCount: null, firstVersion: null, mark: null, status: 'new' }

/** What is known of each of these kinds of failure beyond what is dead now. */
export async function findFailureFacts(
  pool: Pool,
  fingerprints: readonly string[],
): Promise<(fingerprint: string) => FailureFacts> {
  const { rows } = await pool.query<Row>({ ...FACTS, values: [fingerprints] })
  const facts = new Map(rows.map((row) => [row.fingerprint, toFacts(row)]))
  return (fingerprint) => facts.get(fingerprint) ?? NOTHING
}

function toFacts({
  count,
  last_at: lastAt,
  first_version: firstVersion,
  mark: said,
  marked_at,
  hours,
}: Row): FailureFacts {
  const mark = said && {
    state: said.state,
    owner: said.owner,
    note: said.note,
    ignoreMore: said.ignore_more,
    countThen: said.count_then,
    actorId: said.actor_id,
    markedAt: marked_at!.toISOString(),
  }
  return {
    trend: Array.from({ length: HOURS }, (_, hour) => hours[hour] ?? 0),
    everCount: count,
    firstVersion,
    mark,
    status: statusOf(mark, lastAt?.toISOString() ?? null, count ?? 0),
  }
}
