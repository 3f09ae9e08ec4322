import type { Pool } from 'pg'
import type { ParkedDelivery, Tx } from '../bus/index.ts'
import { LOWEST_ID } from './claim-floors.ts'

const FIND = `
  SELECT d.id AS "deliveryId", d.subscription, m.name, m.version, m.body
  FROM deliveries AS d JOIN messages AS m ON m.id = d.message_id
  WHERE d.parked_reason IS NOT NULL AND d.id > $2 AND d.subscription = ANY ($1::text[])
  ORDER BY d.id LIMIT $3`

const UNPARK = `
  UPDATE deliveries SET parked_reason = NULL, revision = revision + 1
  WHERE id = ANY ($1::uuid[]) AND parked_reason IS NOT NULL RETURNING id`

export async function findParked(
  pool: Pool,
  subscriptions: string[],
  after: string | null,
  limit: number,
): Promise<ParkedDelivery[]> {
  const { rows } = await pool.query<ParkedDelivery>(FIND, [subscriptions, after ?? LOWEST_ID, limit])
  return rows
}

export async function unparkDeliveries(tx: Tx, deliveryIds: readonly string[]): Promise<number> {
  const freed = await tx.query(UNPARK, [deliveryIds])
  if (freed.length > 0) tx.bringsWork()
  return freed.length
}
