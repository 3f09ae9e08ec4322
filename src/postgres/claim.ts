import type { Pool } from 'pg'
import type { Capacity, ClaimedDelivery } from '../bus/index.ts'

/**
 * Each subscription's oldest due deliveries, as many as it has room for, so that a slow subscription takes no
 * place from another. SKIP LOCKED passes over rows another node is claiming. The lease token is new with every
 * claim: it is the fence that a settlement must present.
 */
const CLAIM = `
  WITH due AS (
    SELECT oldest.id
    FROM unnest($1::text[], $2::int[]) AS capacity (subscription, free)
    CROSS JOIN LATERAL (
      SELECT id FROM deliveries
      WHERE subscription = capacity.subscription AND state IN ('pending', 'retrying') AND due_at <= now()
      ORDER BY due_at, id
      LIMIT capacity.free
      FOR UPDATE SKIP LOCKED
    ) AS oldest
  )
  UPDATE deliveries AS d
  SET state = 'running', attempt = d.attempt + 1, lease_token = gen_random_uuid(),
      lease_until = now() + make_interval(secs => $3 / 1000.0), node = $4, started_at = clock_timestamp()
  FROM due, messages AS m
  WHERE d.id = due.id AND m.id = d.message_id
  RETURNING d.id AS delivery_id, d.subscription, d.attempt, d.max_attempts, d.lease_token, d.due_at,
            m.id AS message_id, m.kind, m.name, m.version, m.body, m.conversation_id, m.causation_id,
            m.causation_delivery_id, m.subject_id, m.idempotency_key, m.occurred_at`

interface ClaimedRow {
  delivery_id: string
  subscription: string
  attempt: number
  max_attempts: number
  lease_token: string
  due_at: Date
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
  occurred_at: Date
}

export async function claimDeliveries(
  pool: Pool,
  node: string,
  capacities: Capacity[],
  leaseMs: number,
): Promise<ClaimedDelivery[]> {
  const { rows } = await pool.query<ClaimedRow>({
    name: 'claim-deliveries',
    text: CLAIM,
    values: [capacities.map((each) => each.subscription), capacities.map((each) => each.free), leaseMs, node],
  })
  return rows.map(toClaimedDelivery)
}

function toClaimedDelivery(row: ClaimedRow): ClaimedDelivery {
  return {
    deliveryId: row.delivery_id,
    subscription: row.subscription,
    attempt: row.attempt,
    maxAttempts: row.max_attempts,
    leaseToken: row.lease_token,
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
      occurredAt: row.occurred_at,
      dueAt: row.due_at,
    },
  }
}
