import type { Pool } from 'pg'
import type { Clock } from '../../bus/index.ts'
import { DELIVERY_STATES } from '../../bus/index.ts'
import type { CompletedField } from '../model/filter/completion.ts'
import { FEATURES } from '../model/filter/language.ts'

export interface FilterValue {
  value: string
  /** How many of the newest messages, or of their deliveries, have it; null where it is not counted. */
  count: number | null
}

/** Messages that are counted: what is offered is about now. */
const COUNTED = 2_000
const KEPT_MS = 10_000

const NEWEST = `SELECT id, name, kind FROM messages ORDER BY occurred_at DESC, id DESC LIMIT ${COUNTED}`
const OF_MESSAGES = (column: 'name' | 'kind') =>
  `SELECT ${column} AS value, count(*)::int AS count FROM (${NEWEST}) AS m GROUP BY 1`
const OF_DELIVERIES = (column: 'state' | 'subscription') =>
  `SELECT d.${column} AS value, count(*)::int AS count FROM (${NEWEST}) AS m JOIN deliveries AS d ON d.message_id = m.id GROUP BY 1`

/** To count them one would have to look into everything. */
type Uncounted = 'has' | 'payload'

const STATEMENTS: Readonly<Record<Exclude<CompletedField, Uncounted>, string>> = {
  type: OF_MESSAGES('name'),
  kind: OF_MESSAGES('kind'),
  state: OF_DELIVERIES('state'),
  handler: OF_DELIVERIES('subscription'),
}

/** What is there even where nothing has it at the moment. */
interface Known {
  types: readonly string[]
  handlers: readonly string[]
  /** Where in payloads values are that may be looked for. */
  paths: readonly string[]
}

/** The values a filter can ask for, the most frequent first. Counted once for all who ask within some seconds. */
export function createFilterValues(pool: Pool, clock: Clock, { types, handlers, paths }: Known) {
  const known: Record<CompletedField, readonly string[]> = {
    type: types,
    handler: handlers,
    kind: ['command', 'event'],
    state: DELIVERY_STATES,
    has: FEATURES,
    payload: paths,
  }
  const kept = new Map<CompletedField, { at: number; values: Promise<FilterValue[]> }>()
  return (field: CompletedField): Promise<FilterValue[]> => {
    const now = clock.now().getTime()
    const entry = kept.get(field)
    if (entry && now - entry.at < KEPT_MS) return entry.values
    const values = read(pool, field, known[field])
    kept.set(field, { at: now, values })
    values.catch(() => kept.delete(field))
    return values
  }
}

async function read(pool: Pool, field: CompletedField, known: readonly string[]): Promise<FilterValue[]> {
  if (field === 'has' || field === 'payload') return known.map((value) => ({ value, count: null }))
  const { rows } = await pool.query<{ value: string; count: number }>(STATEMENTS[field])
  const counts = new Map(rows.map((row) => [row.value, row.count]))
  return [...new Set([...counts.keys(), ...known])]
    .map((value) => ({ value, count: counts.get(value) ?? 0 }))
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value))
}
