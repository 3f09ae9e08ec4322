import type { Pool } from 'pg'
import type { RecurringStore } from '../bus/index.ts'

const BEGIN = `
  INSERT INTO recurring_messages (name, last_due_at) SELECT unnest($1::text[]), now() ON CONFLICT DO NOTHING`

/** Of two at once the second waits for the first, and then finds the row moved on. */
const CLAIM_DUE = `
  UPDATE recurring_messages SET last_due_at = $2::timestamptz
  WHERE name = $1 AND last_due_at < $2::timestamptz AND $2::timestamptz <= clock_timestamp()
  RETURNING name`

interface Row {
  name: string
  last_due_at: Date
  last_message_id: string | null
}

export function createRecurringStore(pool: Pool): RecurringStore {
  return {
    begin: async (names) => {
      await pool.query(BEGIN, [names])
    },
    findAll: async () => {
      const { rows } = await pool.query<Row>('SELECT name, last_due_at, last_message_id FROM recurring_messages')
      return new Map(rows.map((row) => [row.name, { lastDueAt: row.last_due_at, lastMessageId: row.last_message_id }]))
    },
    claimDue: async (tx, name, dueAt) => (await tx.query(CLAIM_DUE, [name, dueAt])).length === 1,
    noteSent: async (tx, name, messageId) => {
      await tx.query('UPDATE recurring_messages SET last_message_id = $2 WHERE name = $1', [name, messageId])
    },
  }
}
