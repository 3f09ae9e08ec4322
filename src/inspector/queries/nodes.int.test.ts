import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../server/database/testing.ts'
import { findNodes } from './nodes.ts'

let database: TestDatabase
let pool: pg.Pool

beforeAll(async () => {
  database = await createTestDatabase()
  pool = new pg.Pool({ connectionString: database.url, max: 2 })
  pool.on('error', () => {})
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

it('O6: tells nodes that live from those that went silent and those that stopped, and who leads', async () => {
  await pool.query(`
    INSERT INTO nodes (id, host, pid, role, version, in_flight, started_at, heartbeat_at, stopped_at)
    VALUES ('a', 'one', 1, 'all', '1', 3, now() - interval '1 hour', now(), NULL),
           ('b', 'two', 2, 'worker', '1', 5, now() - interval '1 hour', now() - interval '20 seconds', NULL),
           ('c', 'three', 3, 'web', '1', 0, now() - interval '1 hour', now() - interval '1 minute', now())`)
  await pool.query(`
    INSERT INTO leaders (job, node, since, until) VALUES ('x', 'a', now(), now() + interval '5 seconds'),
                                                        ('y', 'b', now(), now() - interval '5 seconds')`)
  const nodes = await findNodes(pool)
  expect(nodes.map((each) => [each.id, each.state, each.leads])).toEqual([
    ['a', 'alive', true],
    ['b', 'silent', false],
    ['c', 'stopped', false],
  ])
  expect(nodes[1]!.heartbeatAgeMs).toBeGreaterThanOrEqual(20_000)
})
