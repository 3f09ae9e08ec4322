import { type BodyOf, handle, type Subscription, type Tx } from '../../bus/index.ts'
import { FailureMarked, MarkFailure } from '../failure-messages.ts'

/** Keeps what an operator says about a kind of failure, with how many had died of it by then. */
const SAVE = `
  INSERT INTO failure_marks (fingerprint, state, owner, note, ignore_more, count_then, actor_id, marked_at)
  SELECT $1, $2, $3, $4, $5, coalesce((SELECT count FROM failure_groups WHERE fingerprint = $1), 0), $6,
         date_trunc('milliseconds', clock_timestamp())
  WHERE EXISTS (SELECT FROM failure_groups WHERE fingerprint = $1)
     OR EXISTS (SELECT FROM deliveries WHERE state = 'dead' AND fingerprint = $1)
  ON CONFLICT (fingerprint) DO UPDATE
  SET state = excluded.state, owner = excluded.owner, note = excluded.note, ignore_more = excluded.ignore_more,
      count_then = excluded.count_then, actor_id = excluded.actor_id, marked_at = excluded.marked_at
  RETURNING fingerprint`

export function markFailureHandler(): Subscription {
  return handle(MarkFailure, {}, async function markFailure(mark, { tx, publish }) {
    const known = await save(tx, mark)
    if (!known) return { outcome: 'unknown' as const }
    publish(FailureMarked, mark)
    return { outcome: 'done' as const }
  })
}

async function save(tx: Tx, mark: BodyOf<typeof MarkFailure>): Promise<boolean> {
  const { fingerprint, state, owner, note, actorId } = mark
  // Without a number it would be ignored for ever, and with one in another state nothing would come of it.
  const ignoreMore = state === 'ignored' ? (mark.ignoreMore ?? 1) : null
  const rows = await tx.query(SAVE, [fingerprint, state, owner || null, note || null, ignoreMore, actorId])
  return rows.length > 0
}
