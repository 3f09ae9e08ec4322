/** Where a search reads: for each plan the messages that may fit, newest first, a step at a time. */
import type { Pool } from 'pg'
import { fits } from '../model/filter/language.ts'
import type { Plan, RareState } from '../model/filter/plan.ts'
import type { MessageRow, Place } from '../model/view.ts'
import { findPage, withDeliveries } from './messages.ts'
import { MESSAGE_COLUMNS, type MessageRecord } from './rows.ts'

/** Reads what is older than a place, or the newest. */
export type Candidates = (before: Place | null, limit: number) => Promise<MessageRow[]>

/** Deliveries that are collected and put in order. Of more than that, any stretch of time has some. */
const MOST_COLLECTED = 10_000

/** The first plan that is of use with what is stored now. */
export async function candidatesOf(pool: Pool, plans: readonly Plan[]): Promise<Candidates> {
  for (const plan of plans) {
    const candidates = await openPlan(pool, plan)
    if (candidates) return candidates
  }
  return byTime(pool)
}

function byTime(pool: Pool): Candidates {
  return (before, limit) => findPage(pool, { before, limit })
}

async function openPlan(pool: Pool, plan: Plan): Promise<Candidates | null> {
  switch (plan.by) {
    case 'ids':
      return reader(pool, WITH_IDS, plan.ids)
    case 'keys':
      return reader(pool, WITH_KEYS, plan.keys)
    case 'names':
      return reader(pool, WITH_NAMES, await namesLike(pool, plan.patterns))
    case 'states':
      return collected(pool, plan.states.map((each) => IN_STATE[each]).join(' UNION ALL '))
    case 'failures':
      return collected(
        pool,
        `SELECT d.message_id FROM failed_attempts AS f JOIN deliveries AS d ON d.id = f.delivery_id
         WHERE f.number = ${Math.trunc(plan.atLeast)}`,
      )
    case 'time':
      return byTime(pool)
  }
}

const NEWEST = 'm.occurred_at DESC, m.id DESC'
const EARLIER = '(m.occurred_at, m.id) < ($2::timestamptz, $3::uuid)'

/** Of each value the newest, from its end of an index; then the newest of all. */
const NEWEST_OF_EACH = (column: 'name' | 'key') => `
  SELECT m.* FROM unnest($1::text[]) AS wanted(value) CROSS JOIN LATERAL (
    SELECT ${MESSAGE_COLUMNS} FROM messages AS m WHERE m.${column} = wanted.value AND ${EARLIER}
    ORDER BY ${NEWEST} LIMIT $4
  ) AS m ORDER BY m.occurred_at DESC, m.message_id DESC LIMIT $4`

const WITH_NAMES = NEWEST_OF_EACH('name')
const WITH_KEYS = NEWEST_OF_EACH('key')

const WITH_IDS = `
  SELECT ${MESSAGE_COLUMNS} FROM messages AS m
  WHERE (m.id = ANY ($1::uuid[]) OR m.conversation_id = ANY ($1::uuid[])
    OR m.id IN (SELECT message_id FROM deliveries WHERE id = ANY ($1::uuid[]))) AND ${EARLIER}
  ORDER BY ${NEWEST} LIMIT $4`

const COLLECTED = `
  SELECT ${MESSAGE_COLUMNS} FROM messages AS m WHERE m.id = ANY ($1::uuid[]) AND ${EARLIER}
  ORDER BY ${NEWEST} LIMIT $4`

/** Each is said as the index that answers it says it. */
const WAITING = (state: 'pending' | 'retrying') => `
  SELECT message_id FROM deliveries WHERE state IN ('pending', 'retrying') AND ordering_key IS NULL
    AND parked_reason IS NULL AND state = '${state}'
  UNION ALL
  SELECT message_id FROM deliveries WHERE ordering_key IS NOT NULL
    AND state IN ('pending', 'running', 'retrying', 'dead') AND state = '${state}'
  UNION ALL
  SELECT message_id FROM deliveries WHERE parked_reason IS NOT NULL AND ordering_key IS NULL AND state = '${state}'`

const IN_STATE: Readonly<Record<RareState, string>> = {
  pending: WAITING('pending'),
  retrying: WAITING('retrying'),
  running: `SELECT message_id FROM deliveries WHERE state = 'running'`,
  dead: `SELECT message_id FROM deliveries WHERE state = 'dead'`,
}

/** The messages of some deliveries; null when they are too many to be put in order. */
async function collected(pool: Pool, deliveries: string): Promise<Candidates | null> {
  const text = `SELECT message_id FROM (${deliveries}) AS found LIMIT ${MOST_COLLECTED + 1}`
  const { rows } = await pool.query<{ message_id: string }>(text)
  if (rows.length > MOST_COLLECTED) return null
  return reader(pool, COLLECTED, [...new Set(rows.map((each) => each.message_id))])
}

/** After everything: what is older than it is all there is. */
const END: Place = { occurredAt: 'infinity', messageId: '00000000-0000-0000-0000-000000000000' }

function reader(pool: Pool, text: string, wanted: readonly string[]): Candidates {
  return async (before, limit) => {
    if (wanted.length === 0) return []
    const { occurredAt, messageId } = before ?? END
    const { rows } = await pool.query<MessageRecord>(text, [wanted, occurredAt, messageId, limit])
    return withDeliveries(pool, rows)
  }
}

/** Goes from one name to the next in the index: it costs what there are names, not messages. */
const NAMES = `
  WITH RECURSIVE names AS (
    (SELECT name FROM messages ORDER BY name LIMIT 1)
    UNION ALL
    SELECT (SELECT m.name FROM messages AS m WHERE m.name > names.name ORDER BY m.name LIMIT 1)
    FROM names WHERE names.name IS NOT NULL
  )
  SELECT name FROM names WHERE name IS NOT NULL`

async function namesLike(pool: Pool, patterns: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(NAMES)
  return rows.map((each) => each.name).filter((name) => patterns.some((each) => fits(name, each)))
}
