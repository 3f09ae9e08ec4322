import { handle, type Subscription } from '../../bus/index.ts'
import { RetriesSpread, SpreadRetries } from '../messages.ts'
import { type FindHandler, whyLeftAlone } from './left-alone.ts'

/** So many are spread at once, those that are due first. */
const MOST_SPREAD = 10_000

/** None comes earlier than it was due. What has a time to live has as long after the new time. What keeps order stays. */
const SPREAD = `
  WITH own AS (
    SELECT id, due_at FROM deliveries
    WHERE subscription = $1 AND state IN ('pending', 'retrying') AND ordering_key IS NULL AND parked_reason IS NULL
      AND state = 'retrying' AND due_at > now() AND due_at < now() + interval '1 hour'
    ORDER BY due_at, id LIMIT ${MOST_SPREAD} FOR UPDATE SKIP LOCKED
  ), placed AS (
    SELECT id, greatest(due_at, date_trunc('milliseconds', now() + make_interval(secs =>
             $2::float8 * 60 * row_number() OVER (ORDER BY due_at, id) / count(*) OVER ()))) AS due_at
    FROM own
  )
  UPDATE deliveries AS d
  SET due_at = placed.due_at, expires_at = d.expires_at + (placed.due_at - d.due_at), revision = d.revision + 1
  FROM placed WHERE d.id = placed.id AND placed.due_at > d.due_at
  RETURNING d.id`

/** A storm of retries that is seen coming is spread before it comes. */
export function spreadRetriesHandler(findHandler: FindHandler): Subscription {
  return handle(SpreadRetries, {}, async function spreadRetries({ subscription, actorId, minutes }, { tx, publish }) {
    const refusal = whyLeftAlone(findHandler(subscription))
    if (refusal) return { outcome: refusal, count: 0 }
    const { length: count } = await tx.query(SPREAD, [subscription, minutes])
    if (count > 0) publish(RetriesSpread, { subscription, actorId, minutes, count })
    return { outcome: 'done' as const, count }
  })
}
