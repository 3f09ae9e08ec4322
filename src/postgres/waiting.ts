import type { Pool } from 'pg'
import type { WaitingDelivery } from '../bus/index.ts'
import { LOWEST_ID } from './claim-floors.ts'

const FIND = `
  SELECT d.id AS "deliveryId", d.subscription, d.state, m.name, m.version, m.body
  FROM deliveries AS d JOIN messages AS m ON m.id = d.message_id
  WHERE d.id > $1 AND d.state IN ('pending', 'running', 'retrying', 'dead')
  ORDER BY d.id LIMIT $2`

/** Walks by id, whatever else is there: for checks that look at all of it. */
export async function findWaiting(pool: Pool, after: string | null, limit: number): Promise<WaitingDelivery[]> {
  const { rows } = await pool.query<WaitingDelivery>(FIND, [after ?? LOWEST_ID, limit])
  return rows
}
