import type { Pool } from 'pg'
import type { ErrorText } from '../model/overview.ts'

const NEWEST = {
  name: 'find-error-texts',
  text: `
    SELECT e.subscription, e.sample, e.count, e.first_at, e.last_at, e.delivery_id, d.message_id
    FROM error_texts AS e JOIN deliveries AS d ON d.id = e.delivery_id
    WHERE e.subscription = $1 ORDER BY e.last_at DESC LIMIT 10`,
}

interface Row {
  subscription: string
  sample: string
  count: number
  first_at: Date
  last_at: Date
  delivery_id: string
  message_id: string
}

/** The newest errors of a handler, each kind once. */
export async function findErrorTexts(pool: Pool, subscription: string): Promise<ErrorText[]> {
  const { rows } = await pool.query<Row>({ ...NEWEST, values: [subscription] })
  return rows.map((row) => ({
    subscription: row.subscription,
    text: row.sample,
    count: row.count,
    firstAt: row.first_at.toISOString(),
    lastAt: row.last_at.toISOString(),
    deliveryId: row.delivery_id,
    messageId: row.message_id,
  }))
}
