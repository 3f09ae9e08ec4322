import pg from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { newId } from '../../bus/index.ts'
import { createTestDatabase, type TestDatabase } from '../../server/database/testing.ts'
import { type NodeProcess, startWorkerProcess } from '../../server/testing/node-process.ts'

const EVENTS = 400
const TAKE_OVER_WITHIN_MS = 25_000
/** Two processes that start beside others, and a take-over. */
const LONGEST_MS = 120_000

let database: TestDatabase
let pool: pg.Pool
let nodes: NodeProcess[]

beforeEach(async () => {
  nodes = []
  database = await createTestDatabase()
  pool = new pg.Pool({ connectionString: database.url, max: 3 })
  pool.on('error', () => {})
})
afterEach(async () => {
  await Promise.all(nodes.map((each) => each.kill('SIGKILL')))
  await pool.end()
  await database.drop()
})

/** An event that nobody wants, with a delivery that its filter skipped: counted, and handled by nobody. */
const publish = async () => {
  const id = newId()
  await pool.query(
    `WITH m AS (
       INSERT INTO messages (id, kind, name, version, body, conversation_id, occurred_at)
       VALUES ($1, 'event', 'test.happened', 1, '{}', $1, now()) RETURNING id
     )
     INSERT INTO deliveries (id, message_id, subscription, position, state, reason, max_attempts, due_at, settled_at)
     SELECT id, id, 'test.react', 0, 'skipped', 'nobody wants it', 3, now(), now() FROM m`,
    [id],
  )
}
const counted = async () => {
  const { rows } = await pool.query<{ sent: number; skipped: number }>(`
    SELECT (SELECT coalesce(sum(count), 0)::int FROM message_counts WHERE span_s = 60 AND name = 'test.happened') AS sent,
           (SELECT coalesce(sum(count), 0)::int FROM attempt_counts
            WHERE span_s = 60 AND subscription = 'test.react' AND outcome = 'skipped') AS skipped`)
  return rows[0]
}
const leader = async () => {
  const { rows } = await pool.query<{ pid: number }>(
    'SELECT n.pid FROM leaders AS l JOIN nodes AS n ON n.id = l.node WHERE l.until > now()',
  )
  return rows[0]?.pid
}

it('counts nothing twice and nothing never when the leader is killed and another node takes over', {
  timeout: LONGEST_MS,
}, async () => {
  nodes = await Promise.all([startWorkerProcess(database.url), startWorkerProcess(database.url)])
  await expect.poll(leader).toBeDefined()
  const pid = await leader()
  const dying = nodes.find((each) => each.pid === pid)!
  for (let n = 0; n < EVENTS; n += 1) {
    await publish()
    if (n === EVENTS / 2) await expect.poll(async () => (await counted())?.sent).toBeGreaterThan(0)
    if (n === EVENTS / 2) await dying.kill('SIGKILL')
  }
  await expect.poll(counted, { timeout: TAKE_OVER_WITHIN_MS }).toEqual({ sent: EVENTS, skipped: EVENTS })
  expect(await leader()).not.toBe(pid)
})

it('goes on where it was when all nodes have stopped and one starts again', { timeout: LONGEST_MS }, async () => {
  const first = await startWorkerProcess(database.url)
  nodes = [first]
  await publish()
  await expect.poll(counted, { timeout: TAKE_OVER_WITHIN_MS }).toEqual({ sent: 1, skipped: 1 })
  await first.kill('SIGTERM')
  await publish()
  nodes = [await startWorkerProcess(database.url)]
  await expect.poll(counted, { timeout: TAKE_OVER_WITHIN_MS }).toEqual({ sent: 2, skipped: 2 })
})
