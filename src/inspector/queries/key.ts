import type { Pool } from 'pg'
import { z } from 'zod'
import type { KeyView } from '../model/key-view.ts'
import { withDeliveries } from './messages.ts'
import { findProcessesOfKey } from './processes.ts'
import { MESSAGE_COLUMNS, type MessageRecord } from './rows.ts'

const MOST_MESSAGES = 200
/** Of a person's messages so many are sorted by time. */
const MOST_SORTED = 5_000

/** About the person, or sent with the key. */
const MESSAGES = `
  SELECT ${MESSAGE_COLUMNS} FROM messages AS m
  WHERE m.id IN (
    (SELECT id FROM messages WHERE subject_id = $2::uuid LIMIT ${MOST_SORTED})
    UNION
    (SELECT message_id FROM message_keys WHERE key = $1 ORDER BY occurred_at DESC LIMIT ${MOST_MESSAGES + 1})
  )
  ORDER BY m.occurred_at DESC, m.id DESC LIMIT ${MOST_MESSAGES + 1}`

const PERSON = 'SELECT FROM users WHERE id = $1'

/** Everything that a key touched. */
export async function findKey(pool: Pool, key: string, processNames: readonly string[]): Promise<KeyView> {
  const personId = z.uuid().safeParse(key).success ? key : null
  const [messages, processes, people] = await Promise.all([
    pool.query<MessageRecord>(MESSAGES, [key, personId]),
    findProcessesOfKey(pool, { key, personId, names: processNames }),
    personId ? pool.query(PERSON, [personId]) : null,
  ])
  return {
    key,
    isPerson: people?.rowCount === 1,
    messages: await withDeliveries(pool, messages.rows.slice(0, MOST_MESSAGES)),
    isCut: messages.rows.length > MOST_MESSAGES,
    processes,
  }
}
