import type { Pool } from 'pg'
import type { ClaimedDelivery } from '../bus/index.ts'

/** The deliveries and the token of each, in two arrays: what fences a statement. */
export function leasesOf(held: readonly ClaimedDelivery[]): string[] {
  return [arrayOf(held.map((each) => each.deliveryId)), arrayOf(held.map((each) => each.leaseToken))]
}

/** As PostgreSQL writes it: what needs no quotes gets none, which halves the work of a large batch. */
export function arrayOf(values: readonly (string | number)[]): string {
  return `{${values.join(',')}}`
}

/**
 * Passes over what is being settled at this moment: it needs no more time, and to wait for it while holding others
 * could end in a circle. That is why what is lost is told by a plain look, not by what was extended.
 */
const RENEW = {
  name: 'renew-leases',
  text: `
    WITH held AS (
      SELECT d.id FROM deliveries AS d JOIN unnest($1::uuid[], $2::uuid[]) AS h (id, lease_token)
        ON d.id = h.id AND d.lease_token = h.lease_token
      FOR UPDATE OF d SKIP LOCKED
    )
    UPDATE deliveries AS d
    SET lease_until = now() + make_interval(secs => $3 / 1000.0), revision = d.revision + 1,
        started_at = coalesce(d.started_at, clock_timestamp())
    FROM held WHERE d.id = held.id`,
}

const START = {
  name: 'start-delivery',
  text: `
    UPDATE deliveries SET started_at = clock_timestamp(), revision = revision + 1
    WHERE id = $1 AND lease_token = $2 RETURNING id`,
}

/** Before the handler runs, for what may silence its node. */
export async function startDelivery(pool: Pool, { deliveryId, leaseToken }: ClaimedDelivery): Promise<boolean> {
  return (await pool.query({ ...START, values: [deliveryId, leaseToken] })).rowCount === 1
}

const LOST = {
  name: 'find-lost-leases',
  text: `
    SELECT h.lease_token FROM unnest($1::uuid[], $2::uuid[]) AS h (id, lease_token)
    LEFT JOIN deliveries AS d ON d.id = h.id AND d.lease_token = h.lease_token
    WHERE d.id IS NULL`,
}

/** Extends leases; returns those that are not held any more. */
export async function renewLeases(pool: Pool, held: readonly ClaimedDelivery[], leaseMs: number): Promise<string[]> {
  const leases = leasesOf(held)
  await pool.query({ ...RENEW, values: [...leases, leaseMs] })
  const { rows } = await pool.query<{ lease_token: string }>({ ...LOST, values: leases })
  return rows.map((row) => row.lease_token)
}

const GIVE_BACK = {
  name: 'give-deliveries-back',
  text: `
    UPDATE deliveries AS d
    SET state = CASE WHEN d.attempt = 1 THEN 'pending' ELSE 'retrying' END, attempt = d.attempt - 1,
        lease_token = NULL, lease_until = NULL, started_at = NULL, revision = d.revision + 1
    FROM unnest($1::uuid[], $2::uuid[]) AS h (id, lease_token)
    WHERE d.id = h.id AND d.lease_token = h.lease_token`,
}

/** What waited here for a handler that is busy: its place in the queue is still its own. */
export async function giveBack(pool: Pool, held: readonly ClaimedDelivery[]): Promise<void> {
  await pool.query({ ...GIVE_BACK, values: leasesOf(held) })
}

/**
 * The attempt of a node that went silent ends here, and is kept like any other. What was only fetched has its attempt
 * back. What silenced its node before its start was known is told apart the next time: then the start is written before
 * the handler runs. The delivery is due again at once: its wait was the lease. A hundred at a time, so that a crash
 * under load is no long transaction.
 */
const REAP = `
  WITH lost AS (
    SELECT id, started_at IS NOT NULL AS has_started FROM deliveries
    WHERE state = 'running' AND lease_until < now() AND (attempt < max_attempts OR started_at IS NULL)
    ORDER BY lease_until LIMIT 100
    FOR UPDATE SKIP LOCKED
  ), taken AS (
    UPDATE deliveries AS d
    SET state = CASE WHEN NOT has_started AND d.attempt = 1 THEN 'pending' ELSE 'retrying' END,
        attempt = CASE WHEN has_started THEN d.attempt ELSE d.attempt - 1 END, lost_before = true,
        due_at = date_trunc('milliseconds', now()), lease_token = NULL, lease_until = NULL,
        last_error = CASE WHEN has_started THEN 'The node that ran it went silent.' ELSE d.last_error END,
        revision = d.revision + 1
    FROM lost WHERE d.id = lost.id
    RETURNING d.id, d.attempt, coalesce(d.started_at, now()) AS started_at, d.node, d.due_at, has_started
  ), kept AS (
  INSERT INTO failed_attempts (delivery_id, number, outcome, started_at, finished_at, node, error, next_due_at)
  SELECT id, attempt, 'lease-lost', started_at, greatest(started_at, now()), node,
         jsonb_build_object('name', 'LeaseLost', 'message', 'Node ' || node || ' went silent while it ran this.',
                            'code', 'lease-lost', 'stack', NULL, 'cause', NULL),
         due_at
  FROM taken WHERE has_started)
  SELECT id FROM taken`

/** Takes back what is leased to nodes that went silent. Returns how many. */
export async function reapLeases(pool: Pool): Promise<number> {
  const { rowCount } = await pool.query(REAP)
  return rowCount ?? 0
}
