import type { Pool } from 'pg'
import type { RecordedError, ReplyStore, Settlement } from '../bus/index.ts'

const FIND_SETTLED = `
  SELECT d.message_id, d.state, d.reply, newest.error
  FROM deliveries AS d
  LEFT JOIN LATERAL (
    SELECT error FROM attempts WHERE delivery_id = d.id ORDER BY number DESC LIMIT 1
  ) AS newest ON d.state <> 'succeeded'
  WHERE d.message_id = ANY($1::uuid[]) AND d.state IN ('succeeded', 'dead', 'discarded')`

interface SettledRow {
  message_id: string
  state: string
  reply: unknown
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

const UNKNOWN: RecordedError = {
  name: 'Error',
  message: 'No attempt was recorded.',
  code: null,
  stack: null,
  cause: null,
}

function toSettlement({ state, reply, error }: SettledRow): Settlement {
  return state === 'succeeded' ? { state, reply } : { state: 'dead', error: error ?? UNKNOWN }
}
