import type { Pool } from 'pg'
import type { Capacity, ClaimedDelivery } from '../bus/index.ts'
import { type ClaimFloors, LOWEST_ID } from './claim-floors.ts'

const CLAIMED_COLUMNS = `
  d.id AS delivery_id, d.subscription, d.attempt, d.max_attempts, d.lease_token, d.lost_before,
            extract(epoch FROM d.due_at) * 1000 AS due_ms, m.id AS message_id, m.kind, m.name, m.version, m.body,
            m.conversation_id, m.causation_id, m.causation_delivery_id, m.subject_id, m.idempotency_key, m.key,
            extract(epoch FROM m.occurred_at) * 1000 AS occurred_ms,
            extract(epoch FROM d.expires_at) * 1000 AS expires_ms,
            extract(epoch FROM d.expires_at - clock_timestamp()) * 1000 AS stale_in_ms`

const LEASE = `
  UPDATE deliveries AS d
  SET state = 'running', attempt = d.attempt + 1, lease_token = gen_random_uuid(), revision = d.revision + 1,
      lease_until = now() + make_interval(secs => $3 / 1000.0), node = $4, started_at = NULL
  FROM messages AS m
  -- An array, because the planner takes a join with rows it cannot count for a tenth of the table, and reads it all.
  WHERE d.id = ANY (ARRAY(SELECT id FROM due)) AND m.id = d.message_id
  RETURNING ${CLAIMED_COLUMNS}`

/**
 * Each subscription's oldest due deliveries, as many as it has room for, so that a slow subscription takes no
 * place from another. SKIP LOCKED passes over rows another node is claiming. The lease token is new with every
 * claim: it is the fence that a settlement must present.
 */
const CLAIM = {
  name: 'claim-deliveries',
  text: `
    WITH due AS (
      SELECT oldest.id
      FROM unnest($1::text[], $2::int[], $5::timestamptz[], $6::uuid[]) AS capacity (subscription, free, floor_due, floor_id)
      CROSS JOIN LATERAL (
        SELECT id FROM deliveries
        WHERE subscription = capacity.subscription AND state IN ('pending', 'retrying') AND due_at <= now()
          AND ordering_key IS NULL AND parked_reason IS NULL AND (due_at, id) > (capacity.floor_due, capacity.floor_id)
        ORDER BY due_at, id
        LIMIT capacity.free
        FOR UPDATE SKIP LOCKED
      ) AS oldest
    )
    ${LEASE}`,
}

/**
 * The first unsettled delivery of each key of a `capacity.subscription`. The recursion steps from key to key along the
 * index, so that a key with a long queue costs no more than one with a short one.
 */
export const HEADS = `
        WITH RECURSIVE head AS (
          (SELECT id, ordering_key FROM deliveries
           WHERE subscription = capacity.subscription AND ordering_key IS NOT NULL
             AND state IN ('pending', 'running', 'retrying', 'dead') AND (state <> 'dead' OR capacity.dead_waits)
           ORDER BY ordering_key, order_number LIMIT 1)
          UNION ALL
          SELECT next.id, next.ordering_key FROM head CROSS JOIN LATERAL (
            SELECT id, ordering_key FROM deliveries
            WHERE subscription = capacity.subscription AND ordering_key > head.ordering_key
              AND state IN ('pending', 'running', 'retrying', 'dead') AND (state <> 'dead' OR capacity.dead_waits)
            ORDER BY ordering_key, order_number LIMIT 1
          ) AS next
        )`

/**
 * Where order is kept only the first unsettled delivery of each key may run. The conditions on `d` are looked at again
 * once the row is locked: another node may have claimed it in between. The first of a key may have come after one that
 * runs: it was committed late, or an operator revived it; so it waits.
 */
const CLAIM_IN_ORDER = {
  name: 'claim-deliveries-in-order',
  text: `
    WITH due AS (
      SELECT first.id
      FROM unnest($1::text[], $2::int[], $5::bool[]) AS capacity (subscription, free, dead_waits)
      CROSS JOIN LATERAL (
        ${HEADS}
        SELECT d.id FROM head JOIN deliveries AS d ON d.id = head.id
        WHERE d.state IN ('pending', 'retrying') AND d.parked_reason IS NULL AND d.due_at <= now() AND NOT EXISTS (
          SELECT FROM deliveries AS other WHERE other.state = 'running' AND other.subscription = capacity.subscription
            AND other.ordering_key = head.ordering_key)
        ORDER BY d.due_at LIMIT capacity.free
        FOR UPDATE OF d SKIP LOCKED
      ) AS first
    )
    ${LEASE}`,
}

/**
 * What a silent node left behind with no attempts left. It is settled, not handled: the attempt and the node stay
 * those of the node that went silent.
 */
const TAKE_ORPHANS = `
  WITH lost AS (
    SELECT id FROM deliveries
    WHERE state = 'running' AND lease_until < now() AND attempt >= max_attempts AND started_at IS NOT NULL
      AND subscription = ANY ($2::text[])
    ORDER BY lease_until LIMIT 100
    FOR UPDATE SKIP LOCKED
  )
  UPDATE deliveries AS d
  SET lease_token = gen_random_uuid(), lease_until = now() + make_interval(secs => $1 / 1000.0), lost_before = true,
      revision = d.revision + 1
  FROM messages AS m
  WHERE d.id = ANY (ARRAY(SELECT id FROM lost)) AND m.id = d.message_id
  RETURNING ${CLAIMED_COLUMNS}`

export async function takeOrphans(pool: Pool, subscriptions: string[], leaseMs: number): Promise<ClaimedDelivery[]> {
  const { rows } = await pool.query<ClaimedRow>(TAKE_ORPHANS, [leaseMs, subscriptions])
  return rows.map(toClaimedDelivery)
}

interface ClaimedRow {
  delivery_id: string
  subscription: string
  attempt: number
  max_attempts: number
  lease_token: string
  lost_before: boolean
  due_ms: string
  message_id: string
  kind: 'command' | 'event'
  name: string
  version: number
  body: unknown
  conversation_id: string
  causation_id: string | null
  causation_delivery_id: string | null
  subject_id: string | null
  idempotency_key: string | null
  key: string | null
  occurred_ms: string
  expires_ms: string | null
  stale_in_ms: string | null
}

export async function claimDeliveries(
  pool: Pool,
  node: string,
  floors: ClaimFloors,
  capacities: readonly Capacity[],
  leaseMs: number,
): Promise<ClaimedDelivery[]> {
  const claimed = await claimOldest(pool, node, floors, capacities, leaseMs)
  const ordered = capacities.filter((each) => each.order !== null)
  return ordered.length === 0 ? claimed : [...claimed, ...(await claimInOrder(pool, node, ordered, claimed, leaseMs))]
}

async function claimOldest(
  pool: Pool,
  node: string,
  floors: ClaimFloors,
  capacities: readonly Capacity[],
  leaseMs: number,
): Promise<ClaimedDelivery[]> {
  const from = capacities.map((each) => floors.of(each.subscription))
  const values = [
    capacities.map((each) => each.subscription),
    capacities.map((each) => each.free),
    leaseMs,
    node,
    from.map((each) => each?.dueAt.toISOString() ?? '-infinity'),
    from.map((each) => each?.deliveryId ?? LOWEST_ID),
  ]
  const { rows } = await pool.query<ClaimedRow>({ ...CLAIM, values })
  const claimed = rows.map(toClaimedDelivery)
  const missed = floors.remember(capacities, claimed)
  return missed.length === 0 ? claimed : [...claimed, ...(await claimOldest(pool, node, floors, missed, leaseMs))]
}

async function claimInOrder(
  pool: Pool,
  node: string,
  ordered: readonly Capacity[],
  claimed: readonly ClaimedDelivery[],
  leaseMs: number,
): Promise<ClaimedDelivery[]> {
  const taken = (name: string) => claimed.filter((each) => each.subscription === name).length
  const values = [
    ordered.map((each) => each.subscription),
    ordered.map((each) => each.free - taken(each.subscription)),
    leaseMs,
    node,
    ordered.map((each) => each.order?.whenDead === 'wait'),
  ]
  for (let tries = 1; ; tries += 1) {
    try {
      const { rows } = await pool.query<ClaimedRow>({ ...CLAIM_IN_ORDER, values })
      return rows.map(toClaimedDelivery)
    } catch (error) {
      // Asked again it sees what the other one has, and takes what else there is.
      if (!isTakenKey(error)) throw error
      if (tries === MOST_TRIES) return []
    }
  }
}

/** Among many nodes another key may be taken each time; then the next look is soon enough. */
const MOST_TRIES = 3

/** Another node has claimed another delivery of the key at the same moment. */
function isTakenKey(error: unknown): boolean {
  return (error as { constraint?: unknown }).constraint === 'deliveries_one_of_a_key'
}

function toClaimedDelivery(row: ClaimedRow): ClaimedDelivery {
  return {
    deliveryId: row.delivery_id,
    subscription: row.subscription,
    attempt: row.attempt,
    maxAttempts: row.max_attempts,
    leaseToken: row.lease_token,
    lostBefore: row.lost_before,
    staleAt: row.stale_in_ms === null ? null : performance.now() + Number(row.stale_in_ms),
    envelope: {
      messageId: row.message_id,
      kind: row.kind,
      name: row.name,
      version: row.version,
      body: row.body,
      conversationId: row.conversation_id,
      causationId: row.causation_id,
      causationDeliveryId: row.causation_delivery_id,
      subjectId: row.subject_id,
      idempotencyKey: row.idempotency_key,
      key: row.key,
      occurredAt: new Date(Number(row.occurred_ms)),
      dueAt: new Date(Number(row.due_ms)),
      expiresAt: row.expires_ms === null ? null : new Date(Number(row.expires_ms)),
    },
  }
}
