/**
 * How long it takes to find what an id, a key, an address or a piece of an error belongs to, in a history of a million
 * messages. `node bench/inspector/any-id.ts` measures it on its own.
 */
import pg from 'pg'
import { createRegistry } from '../../src/bus/index.ts'
import { findAny } from '../../src/inspector/queries/go.ts'
import { percentile } from '../measure.ts'
import { startServer } from '../server.ts'

const MESSAGES = 1_000_000
const ROUNDS = 200

const FILL = `
  WITH written AS (
    INSERT INTO messages (id, kind, name, version, body, conversation_id, subject_id, key, occurred_at)
    SELECT gen_random_uuid(), 'event', 'test.happened', 1, '{"n": 1}', gen_random_uuid(), gen_random_uuid(), 'order-' || n,
           now() - make_interval(secs => n)
    FROM generate_series(1, $1::int) AS n RETURNING id, key, occurred_at
  ), kept AS (
    INSERT INTO message_keys (key, occurred_at, message_id) SELECT key, occurred_at, id FROM written
  )
  INSERT INTO deliveries (id, message_id, subscription, position, state, max_attempts, attempt, due_at, settled_at, fingerprint)
  SELECT gen_random_uuid(), id, 'test.react', 0,
         CASE WHEN abs(hashtext(key)) % 100 = 0 THEN 'dead' ELSE 'succeeded' END, 3, 1, occurred_at, occurred_at,
         substr(md5(key), 1, 3)
  FROM written`

const FILL_REST = `
  INSERT INTO users (id, email, email_key, name, password_hash, sign_up_conversation_id)
  SELECT gen_random_uuid(), 'p' || n || '@example.com', 'p' || n || '@example.com', 'P', '-', gen_random_uuid()
  FROM generate_series(1, 100000) AS n;
  INSERT INTO processes (name, key, definition_version, version, status, state, context, timers, waiting_for,
                         conversation_id, started_at, changed_at)
  SELECT 'test.process', id::text, 1, 1, 'running', '"open"', '{}', '[]', '[]', id, now(), now() FROM users;
  INSERT INTO error_texts (subscription, shape, sample, count, first_at, last_at, delivery_id)
  SELECT 'test.react', 'no room for # of ' || n, 'no room for 7 of ' || n, 1, now(), now(),
         (SELECT id FROM deliveries LIMIT 1)
  FROM generate_series(1, 5000) AS n;
  ANALYZE`

/** Of each kind the time that 95 of 100 look-ups do not exceed, in milliseconds, and of these the longest. */
export interface AnyId {
  'any-id-ms': number
  byKind: Record<string, number>
}

export async function measureAnyId(messages = MESSAGES): Promise<AnyId> {
  const server = await startServer()
  try {
    const database = await server.createDatabase()
    await database.query(FILL, [messages])
    for (const statement of FILL_REST.split(';')) await database.query(statement)
    const byKind = await measureKinds(database.url)
    return { 'any-id-ms': Math.max(...Object.values(byKind)), byKind }
  } finally {
    await server.stop()
  }
}

async function measureKinds(url: string): Promise<Record<string, number>> {
  const pool = new pg.Pool({ connectionString: url, max: 4 })
  // Its last connections may still be closing while the server stops.
  pool.on('error', () => {})
  try {
    const byKind: Record<string, number> = {}
    for (const [kind, find] of Object.entries(EXAMPLES)) byKind[kind] = await measure(pool, find)
    return byKind
  } finally {
    await pool.end()
  }
}

/** Existing ones of each kind, in no order. */
const EXAMPLES: Record<string, string> = {
  message: `SELECT id::text AS text FROM messages TABLESAMPLE SYSTEM (1) LIMIT ${ROUNDS}`,
  delivery: `SELECT id::text AS text FROM deliveries TABLESAMPLE SYSTEM (1) LIMIT ${ROUNDS}`,
  conversation: `SELECT conversation_id::text AS text FROM messages TABLESAMPLE SYSTEM (1) LIMIT ${ROUNDS}`,
  'part of an id': `SELECT left(id::text, 9) AS text FROM messages TABLESAMPLE SYSTEM (1) LIMIT ${ROUNDS}`,
  person: `SELECT id::text AS text FROM users LIMIT ${ROUNDS}`,
  'e-mail': `SELECT email AS text FROM users LIMIT ${ROUNDS}`,
  'key of a message': `SELECT key AS text FROM messages TABLESAMPLE SYSTEM (1) LIMIT ${ROUNDS}`,
  'key of a process': `SELECT key AS text FROM processes LIMIT ${ROUNDS}`,
  'piece of an error': `SELECT 'room for 7 of ' || n AS text FROM generate_series(1, ${ROUNDS}) AS n`,
  'text that is nowhere': `SELECT 'nowhere ' || n AS text FROM generate_series(1, ${ROUNDS}) AS n`,
}

async function measure(pool: pg.Pool, examples: string): Promise<number> {
  const parts = {
    pool,
    registry: createRegistry([]),
    processes: ['test.process'],
    emailKeysOf: (email: string) => [email.toLowerCase()],
  }
  const { rows } = await pool.query<{ text: string }>(examples)
  const times: number[] = []
  for (const { text } of rows) {
    const startedAt = performance.now()
    const hits = await findAny(parts, text)
    times.push(performance.now() - startedAt)
    if (hits.length === 0 && !text.startsWith('nowhere')) throw new Error(`${text} was not found.`)
  }
  return percentile(times, 0.95)
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await measureAnyId(), null, 2)}\n`)
