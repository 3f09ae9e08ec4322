import type { Pool } from 'pg'
import { z } from 'zod'
import type { Followed } from '../model/followed.ts'
import type { KeyView } from '../model/key-view.ts'
import { withDeliveries } from './messages.ts'
import { findProcessesOfKey } from './processes.ts'
import { MESSAGE_COLUMNS, type MessageRecord } from './rows.ts'

const MOST_MESSAGES = 200
/** Of a person's messages so many are sorted by time. */
const MOST_SORTED = 5_000

/** Ids of messages about the person ($2), or sent with the key ($1). */
function idsAbout(most: number): string {
  return `(SELECT id FROM messages WHERE subject_id = $2::uuid LIMIT ${MOST_SORTED})
    UNION
    (SELECT message_id FROM message_keys WHERE key = $1 ORDER BY occurred_at DESC LIMIT ${most})`
}

const MESSAGES = `
  SELECT ${MESSAGE_COLUMNS} FROM messages AS m
  WHERE m.id IN (${idsAbout(MOST_MESSAGES + 1)})
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

/** So many of the newest are lit up, and counted. */
export const MOST_FOLLOWED = 2_000

const FOLLOWED = {
  name: 'followed-key',
  text: `
    WITH found AS (
      SELECT id, conversation_id, name, occurred_at FROM messages WHERE id IN (${idsAbout(MOST_FOLLOWED + 1)})
      ORDER BY occurred_at DESC, id DESC LIMIT ${MOST_FOLLOWED + 1}
    ), about AS (
      SELECT id, conversation_id, name FROM found ORDER BY occurred_at DESC, id DESC LIMIT ${MOST_FOLLOWED}
    ), handled AS (
      SELECT d.subscription, d.state, d.fingerprint FROM deliveries AS d WHERE d.message_id IN (SELECT id FROM about)
    )
    SELECT ARRAY(SELECT id FROM about) AS message_ids,
           ARRAY(SELECT DISTINCT conversation_id FROM about) AS conversation_ids,
           ARRAY(SELECT DISTINCT name FROM about) AS types,
           ARRAY(SELECT DISTINCT fingerprint FROM handled WHERE state = 'dead' AND fingerprint IS NOT NULL) AS fingerprints,
           (SELECT coalesce(jsonb_object_agg(subscription, states), '{}')
            FROM (SELECT subscription, array_agg(DISTINCT state) AS states FROM handled GROUP BY 1) AS each) AS handlers,
           (SELECT count(*)::int FROM handled WHERE state = 'dead') AS dead,
           (SELECT count(*)::int FROM handled WHERE state IN ('pending', 'running', 'retrying')) AS open,
           (SELECT count(*) > ${MOST_FOLLOWED} FROM found) AS is_cut`,
}

interface FollowedRecord {
  message_ids: string[]
  conversation_ids: string[]
  types: string[]
  fingerprints: string[]
  handlers: Followed['handlers']
  dead: number
  open: number
  is_cut: boolean
}

/** What there is about a key, as ids alone: whoever follows it asks again and again. */
export async function findFollowed(pool: Pool, key: string, processNames: readonly string[]): Promise<Followed> {
  const personId = z.uuid().safeParse(key).success ? key : null
  const [found, processes, people] = await Promise.all([
    pool.query<FollowedRecord>({ ...FOLLOWED, values: [key, personId] }),
    findProcessesOfKey(pool, { key, personId, names: processNames }),
    personId ? pool.query(PERSON, [personId]) : null,
  ])
  const row = found.rows[0]!
  return {
    key,
    isPerson: people?.rowCount === 1,
    messageIds: row.message_ids,
    conversationIds: row.conversation_ids,
    types: row.types,
    processes: processes.map((each) => ({ process: each.process, key: each.key })),
    handlers: row.handlers,
    fingerprints: row.fingerprints,
    counts: { messages: row.message_ids.length, open: row.open, dead: row.dead },
    isCut: row.is_cut,
  }
}
