import type { Pool } from 'pg'
import { notHandled, type RecordedError, type ReplyStore, type Settlement } from '../bus/index.ts'

const FIND_SETTLED = `
  SELECT d.message_id, d.state, d.reply, d.reason, newest.error
  FROM deliveries AS d
  LEFT JOIN LATERAL (
    SELECT error FROM attempts WHERE delivery_id = d.id ORDER BY number DESC LIMIT 1
  ) AS newest ON d.state <> 'succeeded'
  WHERE d.message_id = ANY($1::uuid[]) AND d.state IN ('succeeded', 'dead', 'discarded', 'skipped')`

interface SettledRow {
  message_id: string
  state: string
  reply: unknown
  /** Why it was skipped or discarded. */
  reason: string | null
  error: RecordedError | null
}

export function createReplyStore(pool: Pool): ReplyStore {
  return {
    findSettled: async (messageIds) => {
      const { rows } = await pool.query<SettledRow>({ name: 'find-settled', text: FIND_SETTLED, values: [messageIds] })
      return new Map(rows.map((row) => [row.message_id, toSettlement(row)]))
    },
  }
}

function toSettlement({ state, reply, reason, error }: SettledRow): Settlement {
  if (state === 'succeeded') return { state, reply }
  // What was not handled at all is told as such, whatever an attempt before failed with.
  return { state: 'dead', error: (state === 'skipped' ? null : error) ?? notHandled(reason) }
}
