import type { Pool } from 'pg'

const RENEW = `
  UPDATE deliveries SET lease_until = now() + make_interval(secs => $2 / 1000.0)
  WHERE lease_token = ANY($1::uuid[]) AND state = 'running'
  RETURNING lease_token`

/** Extends leases; returns those that are not held any more. */
export async function renewLeases(pool: Pool, leaseTokens: string[], leaseMs: number): Promise<string[]> {
  const { rows } = await pool.query<{ lease_token: string }>(RENEW, [leaseTokens, leaseMs])
  const held = new Set(rows.map((row) => row.lease_token))
  return leaseTokens.filter((token) => !held.has(token))
}

/**
 * The attempt of a node that went silent ends here, and is kept like any other. The delivery is due again at
 * once: its wait was the lease. A hundred at a time, so that a crash under load is no long transaction.
 */
const REAP = `
  WITH lost AS (
    SELECT id FROM deliveries
    WHERE state = 'running' AND lease_until < now()
    ORDER BY lease_until LIMIT 100
    FOR UPDATE SKIP LOCKED
  ), taken AS (
    UPDATE deliveries AS d
    SET state = CASE WHEN d.attempt >= d.max_attempts THEN 'dead' ELSE 'retrying' END,
        settled_at = CASE WHEN d.attempt >= d.max_attempts THEN now() END,
        due_at = date_trunc('milliseconds', now()), lease_token = NULL, lease_until = NULL,
        last_error = 'The node that ran it went silent.'
    FROM lost WHERE d.id = lost.id
    RETURNING d.id, d.attempt, d.started_at, d.node, d.state, d.due_at
  )
  INSERT INTO attempts (delivery_id, number, outcome, started_at, finished_at, node, error, next_due_at)
  SELECT id, attempt, 'lease-lost', started_at, greatest(started_at, now()), node,
         jsonb_build_object('name', 'LeaseLost', 'message', 'Node ' || node || ' went silent while it ran this.',
                            'code', 'lease-lost', 'stack', NULL, 'cause', NULL),
         CASE WHEN state = 'retrying' THEN due_at END
  FROM taken`

/** Takes back what is leased to nodes that went silent. Returns how many. */
export async function reapLeases(pool: Pool): Promise<number> {
  const { rowCount } = await pool.query(REAP)
  return rowCount ?? 0
}
