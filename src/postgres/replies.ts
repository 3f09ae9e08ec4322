import type { Pool } from 'pg'
import { type ReplyStore, type Settled, settlementOf } from '../bus/index.ts'

const FIND_SETTLED = `
  SELECT d.message_id, d.state, d.reply, d.reason, newest.error
  FROM deliveries AS d
  LEFT JOIN LATERAL (
    SELECT error FROM attempts WHERE delivery_id = d.id ORDER BY number DESC LIMIT 1
  ) AS newest ON d.state <> 'succeeded'
  WHERE d.message_id = ANY($1::uuid[]) AND d.state IN ('succeeded', 'dead', 'discarded', 'skipped')`

export function createReplyStore(pool: Pool): ReplyStore {
  return {
    findSettled: async (messageIds) => {
      const { rows } = await pool.query<Settled & { message_id: string }>({
        name: 'find-settled',
        text: FIND_SETTLED,
        values: [messageIds],
      })
      return new Map(rows.map((row) => [row.message_id, settlementOf(row)]))
    },
  }
}
