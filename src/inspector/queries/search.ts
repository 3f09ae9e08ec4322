/**
 * Finds what a filter asks for, newest first; by the index that leaves the fewest to look at. What no index answers is looked through in order of time, a bounded part
 * at each call: the caller is told how far it came, shows that, and goes on or stops.
 */
import type { Pool } from 'pg'
import type { Catalog, Clock } from '../../bus/index.ts'
import { boundsOf } from '../model/filter/bounds.ts'
import type { Clause } from '../model/filter/language.ts'
import { plansOf } from '../model/filter/plan.ts'
import { matches, needsBody, needsChildren } from '../model/filter/predicate.ts'
import type { MessageRow, Place } from '../model/view.ts'
import { candidatesOf } from './candidates.ts'

export interface SearchRequest {
  clauses: readonly Clause[]
  /** Looks at what is older than this, or at all. */
  before: Place | null
  limit: number
}

export interface SearchPage {
  /** Newest first. */
  rows: MessageRow[]
  /** Messages that were looked at for it. */
  looked: number
  /** Where to go on; null when there is nothing older. */
  next: Place | null
}

export interface SearchParts {
  pool: Pool
  catalog: Pick<Catalog, 'mask'>
  clock: Pick<Clock, 'now'>
  /** The type of message that a handler is delivered. */
  typeOf(handler: string): string | undefined
}

/** Messages read at once. */
const STEP = 500
/** Messages one call looks at. */
const BUDGET = 5_000

export async function search(parts: SearchParts, { clauses, before, limit }: SearchRequest): Promise<SearchPage> {
  const now = parts.clock.now().getTime()
  const candidates = await candidatesOf(parts.pool, plansOf(clauses, parts.typeOf))
  const { from, to } = boundsOf(clauses, now)
  let place = earlier(before, to)
  const rows: MessageRow[] = []
  let looked = 0
  while (looked < BUDGET && rows.length < limit) {
    const step = await candidates(place, STEP)
    const inTime = from === null ? step : step.filter((each) => Date.parse(each.occurredAt) >= from)
    looked += inTime.length
    const found = await keepMatching(parts, clauses, inTime, now)
    if (rows.length + found.length > limit) {
      const kept = found.slice(0, limit - rows.length)
      return { rows: [...rows, ...kept], looked, next: placeOf(kept.at(-1)!) }
    }
    rows.push(...found)
    if (step.length < STEP || inTime.length < step.length) return { rows, looked, next: null }
    place = placeOf(step.at(-1)!)
  }
  return { rows, looked, next: place }
}

/** A time as the place just after everything that was sent at it. */
function earlier(before: Place | null, to: number | null): Place | null {
  if (to === null || (before && Date.parse(before.occurredAt) <= to)) return before
  return { occurredAt: new Date(to + 1).toISOString(), messageId: '00000000-0000-0000-0000-000000000000' }
}

function placeOf({ occurredAt, messageId }: MessageRow): Place {
  return { occurredAt, messageId }
}

/** Of the given messages those that fit; bodies are read where a clause asks for them, and masked before it looks. */
export async function keepMatching(
  { pool, catalog }: Pick<SearchParts, 'pool' | 'catalog'>,
  clauses: readonly Clause[],
  messages: readonly MessageRow[],
  now: number,
): Promise<MessageRow[]> {
  // What the row itself tells is asked first: bodies are read of what is left.
  const plain = clauses.filter((each) => !needsBody([each]) && !needsChildren([each]))
  const likely = messages.filter((message) => matches(plain, { message }, now))
  if (plain.length === clauses.length || likely.length === 0) return likely
  const bodies = needsBody(clauses) ? await findBodies(pool, likely) : null
  const parents = needsChildren(clauses) ? await findParents(pool, likely) : null
  return likely.filter((message) => {
    const { name, version, messageId } = message
    const body = bodies ? catalog.mask(name, version, bodies.get(messageId)) : undefined
    return matches(clauses, { message, body, hasChildren: parents?.has(messageId) ?? false }, now)
  })
}

async function findBodies(pool: Pool, messages: readonly MessageRow[]): Promise<Map<string, unknown>> {
  const ids = messages.map((each) => each.messageId)
  const { rows } = await pool.query<{ id: string; body: unknown }>(
    'SELECT id, body FROM messages WHERE id = ANY ($1::uuid[])',
    [ids],
  )
  return new Map(rows.map((row) => [row.id, row.body]))
}

async function findParents(pool: Pool, messages: readonly MessageRow[]): Promise<Set<string>> {
  const { rows } = await pool.query<{ causation_id: string }>(
    `SELECT DISTINCT causation_id FROM messages
     WHERE conversation_id = ANY ($1::uuid[]) AND causation_id = ANY ($2::uuid[])`,
    [messages.map((each) => each.conversationId), messages.map((each) => each.messageId)],
  )
  return new Set(rows.map((row) => row.causation_id))
}
