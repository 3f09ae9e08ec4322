import type { Pool } from 'pg'
import type { ScheduledDelivery, ScheduledPlace } from '../model/scheduled-view.ts'

export interface ScheduledRequest {
  after: ScheduledPlace | null
  limit: number
}

/**
 * A page of each subscription's part of the queue, from which the page of all is made: the claim's index serves, and
 * what is sent pays for no other. Of subscriptions that keep order the index is by key: their unsettled deliveries
 * are looked through.
 */
const SCHEDULED = {
  name: 'scheduled-deliveries',
  text: `
    SELECT d.id AS delivery_id, d.subscription, d.due_at, m.id AS message_id, m.conversation_id, m.name, m.kind, m.occurred_at, m.key,
           m.subject_id
    FROM unnest($1::text[]) AS known (subscription)
    CROSS JOIN LATERAL (
      (SELECT id, message_id, subscription, due_at FROM deliveries
       WHERE subscription = known.subscription AND state IN ('pending', 'retrying') AND state = 'pending'
         AND ordering_key IS NULL AND parked_reason IS NULL AND (due_at, id) > (greatest(now(), $2::timestamptz), $3::uuid)
       ORDER BY due_at, id LIMIT $4)
      UNION ALL
      (SELECT id, message_id, subscription, due_at FROM deliveries
       WHERE subscription = known.subscription AND state IN ('pending', 'running', 'retrying', 'dead') AND state = 'pending'
         AND ordering_key IS NOT NULL AND parked_reason IS NULL AND (due_at, id) > (greatest(now(), $2::timestamptz), $3::uuid)
       ORDER BY due_at, id LIMIT $4)
    ) AS d
    JOIN messages AS m ON m.id = d.message_id
    ORDER BY d.due_at, d.id LIMIT $4`,
}

interface Row {
  delivery_id: string
  subscription: string
  due_at: Date
  message_id: string
  conversation_id: string
  name: string
  kind: 'command' | 'event'
  occurred_at: Date
  key: string | null
  subject_id: string | null
}

const LOWEST_ID = '00000000-0000-0000-0000-000000000000'

/** What is due later, the next first. */
export async function findScheduled(
  pool: Pool,
  subscriptions: readonly string[],
  { after, limit }: ScheduledRequest,
): Promise<ScheduledDelivery[]> {
  const values = [subscriptions, after?.dueAt ?? '-infinity', after?.deliveryId ?? LOWEST_ID, limit]
  const { rows } = await pool.query<Row>({ ...SCHEDULED, values })
  return rows.map((row) => ({
    deliveryId: row.delivery_id,
    subscription: row.subscription,
    dueAt: row.due_at.toISOString(),
    messageId: row.message_id,
    conversationId: row.conversation_id,
    name: row.name,
    kind: row.kind,
    sentAt: row.occurred_at.toISOString(),
    key: row.key,
    subjectId: row.subject_id,
  }))
}
