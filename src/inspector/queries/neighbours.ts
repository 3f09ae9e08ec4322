import type { Pool } from 'pg'
import type { Neighbours } from '../model/neighbours.ts'

const NEIGHBOURS = {
  name: 'neighbours-of-message',
  text: `
    WITH own AS (SELECT conversation_id, occurred_at, id FROM messages WHERE id = $1)
    SELECT (SELECT m.id FROM messages AS m WHERE m.conversation_id = own.conversation_id
            ORDER BY m.occurred_at, m.id LIMIT 1) AS first,
           (SELECT m.id FROM messages AS m
            WHERE m.conversation_id = own.conversation_id AND (m.occurred_at, m.id) < (own.occurred_at, own.id)
            ORDER BY m.occurred_at DESC, m.id DESC LIMIT 1) AS before,
           (SELECT m.id FROM messages AS m
            WHERE m.conversation_id = own.conversation_id AND (m.occurred_at, m.id) > (own.occurred_at, own.id)
            ORDER BY m.occurred_at, m.id LIMIT 1) AS next
    FROM own`,
}

/** What stands beside a message in its conversation; three steps along the index of conversations. */
export async function findNeighbours(pool: Pool, messageId: string): Promise<Neighbours | null> {
  const { rows } = await pool.query<Neighbours>({ ...NEIGHBOURS, values: [messageId] })
  return rows[0] ?? null
}
