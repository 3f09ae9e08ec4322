/**
 * How long the server takes for a page of what fits a filter, and for a jump to a time, in a history of a million
 * messages. `node bench/inspector/filters.ts` measures it on its own.
 */
import pg from 'pg'
import { parseFilter } from '../../src/inspector/model/filter/parse.ts'
import { search } from '../../src/inspector/queries/search.ts'
import { percentile } from '../measure.ts'
import { startServer } from '../server.ts'

/** Skewed as types are: half of all have one name, and one name has a hundredth of a percent. */
const FILL = `
  WITH written AS (
    INSERT INTO messages (id, kind, name, version, body, conversation_id, key, occurred_at)
    SELECT gen_random_uuid(), 'event',
           CASE WHEN n % 2 = 0 THEN 'bench.frequent' WHEN n % 10000 = 1 THEN 'bench.rare' ELSE 'bench.type-' || n % 40 END,
           1, '{"n": 1}', gen_random_uuid(), CASE WHEN n % 3 = 0 THEN 'order-' || n / 30 END,
           now() - make_interval(secs => n)
    FROM generate_series(1, $1::int) AS n RETURNING id, name, occurred_at
  )
  INSERT INTO deliveries (id, message_id, subscription, position, state, max_attempts, attempt, due_at, settled_at,
                          fingerprint, last_error, lease_token, lease_until)
  SELECT gen_random_uuid(), id, name || '-handler', 0, state, 6, 1, occurred_at,
         CASE WHEN state IN ('succeeded', 'dead') THEN occurred_at END,
         CASE WHEN state = 'dead' THEN 'f' END, CASE WHEN state = 'dead' THEN 'ECONNRESET' END,
         CASE WHEN state = 'running' THEN id END, CASE WHEN state = 'running' THEN now() END
  FROM (
    SELECT *, CASE abs(hashtext(id::text)) % 1000 WHEN 0 THEN 'dead' WHEN 1 THEN 'pending' WHEN 2 THEN 'retrying'
                WHEN 3 THEN 'running' ELSE 'succeeded' END AS state
    FROM written
  ) AS judged`

const FAILURES = `
  INSERT INTO failed_attempts (delivery_id, number, outcome, started_at, finished_at, node, error)
  SELECT id, number, 'failed', due_at, due_at, 'bench', '{}' FROM deliveries, generate_series(1, 4) AS number
  WHERE state IN ('dead', 'retrying')`

export interface Filters {
  'filter-ms': number
  'jump-ms': number
  /** Of each filter the time that 95 of 100 pages do not exceed. */
  byFilter: Record<string, number>
}

const FILTERS = [
  'type:bench.frequent',
  'type:bench.rare',
  'type:bench.type-*',
  'type:nothing.like-it',
  'key:order-77',
  'state:dead',
  'state:pending',
  'state:running,retrying',
  'state:dead type:bench.rare',
  'handler:bench.rare-handler',
  'age:<10m',
  'at:<=LATER',
  'at:>=EARLIER at:<=LATER type:bench.frequent',
]

export async function measureFilters({ messages = 1_000_000, rounds = 20 } = {}): Promise<Filters> {
  const server = await startServer()
  try {
    const database = await server.createDatabase()
    await database.query(FILL, [messages])
    await database.query(FAILURES)
    await database.query('VACUUM ANALYZE')
    return await measureAll(database.url, messages, rounds)
  } finally {
    await server.stop()
  }
}

async function measureAll(url: string, messages: number, rounds: number): Promise<Filters> {
  const pool = new pg.Pool({ connectionString: url, max: 4 })
  // Its last connections may still be closing while the server stops.
  pool.on('error', () => {})
  try {
    const byFilter: Record<string, number> = {}
    for (const filter of FILTERS) byFilter[filter] = await measure(pool, filter, messages, rounds)
    const jump = await measure(pool, 'at:<=LATER', messages, rounds * 5)
    return { 'filter-ms': Math.max(...Object.values(byFilter)), 'jump-ms': jump, byFilter }
  } finally {
    await pool.end()
  }
}

/** Any time of the history is meant by EARLIER and LATER, another one in each round. */
async function measure(pool: pg.Pool, filter: string, messages: number, rounds: number): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const later = Date.now() - ((round + 0.5) / rounds) * messages * 1_000
    const typed = filter
      .replace('LATER', new Date(later).toISOString())
      .replace('EARLIER', new Date(later - 3_600_000).toISOString())
    const startedAt = performance.now()
    await findPage(pool, typed)
    times.push(performance.now() - startedAt)
  }
  return percentile(times, 0.95)
}

/** A page as the live list asks for it first. */
async function findPage(pool: pg.Pool, typed: string) {
  const parsed = parseFilter(typed)
  if (!parsed.ok) throw new Error(parsed.message)
  const parts = {
    pool,
    catalog: { mask: (_name: string, _version: number, body: unknown) => body },
    clock: { now: () => new Date() },
    typeOf: (handler: string) => handler.replace(/-handler$/, ''),
  }
  return search(parts, { clauses: parsed.clauses, before: null, limit: 200 })
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await measureFilters(), null, 2)}\n`)
