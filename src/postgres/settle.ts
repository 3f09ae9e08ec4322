import type { ClaimedDelivery, Outcome, Tx } from '../bus/index.ts'

/**
 * Fenced: without the lease token of this attempt no row is changed, and no attempt is recorded.
 * clock_timestamp(), because now() is the time at which the handler's transaction began.
 */
const SETTLE = `
  WITH settled AS (
    UPDATE deliveries
    SET state = $3::text, lease_token = NULL, lease_until = NULL,
        settled_at = CASE WHEN $3::text = 'retrying' THEN NULL ELSE clock_timestamp() END,
        due_at = CASE WHEN $3::text = 'retrying' THEN clock_timestamp() + make_interval(secs => $4::float8 / 1000) ELSE due_at END,
        last_error = $5, reply = $6::jsonb
    WHERE id = $1 AND lease_token = $2 AND state = 'running'
    RETURNING id, attempt, started_at, node, due_at
  )
  INSERT INTO attempts (delivery_id, number, outcome, started_at, finished_at, node, error, next_due_at)
  SELECT id, attempt, CASE WHEN $3::text = 'succeeded' THEN 'succeeded' ELSE 'failed' END, started_at,
         greatest(started_at, clock_timestamp()), node, $7::jsonb, CASE WHEN $3::text = 'retrying' THEN due_at END
  FROM settled
  RETURNING delivery_id`

export async function settleDelivery(tx: Tx, delivery: ClaimedDelivery, outcome: Outcome): Promise<boolean> {
  const settled = await tx.query(SETTLE, [delivery.deliveryId, delivery.leaseToken, ...valuesOf(outcome)])
  return settled.length === 1
}

function valuesOf(outcome: Outcome): unknown[] {
  switch (outcome.outcome) {
    case 'succeeded':
      return ['succeeded', null, null, JSON.stringify(outcome.reply ?? null), null]
    case 'retry':
      return ['retrying', outcome.delayMs, firstLine(outcome.error.message), null, JSON.stringify(outcome.error)]
    case 'dead':
      return ['dead', null, firstLine(outcome.error.message), null, JSON.stringify(outcome.error)]
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!.slice(0, 300)
}
