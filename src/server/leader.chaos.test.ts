import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from './database/testing.ts'
import { type NodeProcess, startWorkerProcess } from './testing/node-process.ts'
import { slackMs } from './testing/thoroughness.ts'

/** The lease of the lead and a beat. */
const TAKE_OVER_WITHIN_MS = 10_000

/** Two processes that start beside others, and a take-over. */
const LONGEST_MS = 120_000

describe('singular jobs', { timeout: LONGEST_MS }, () => {
  let database: TestDatabase
  let pool: pg.Pool
  let nodes: NodeProcess[]

  beforeEach(async () => {
    nodes = []
    database = await createTestDatabase()
    pool = new pg.Pool({ connectionString: database.url, max: 2 })
    pool.on('error', () => {})
  })
  afterEach(async () => {
    await Promise.all(nodes.map((each) => each.kill('SIGKILL')))
    await pool.end()
    await database.drop()
  })

  const leader = async () => {
    const { rows } = await pool.query<{ pid: number }>(
      'SELECT n.pid FROM leaders AS l JOIN nodes AS n ON n.id = l.node WHERE l.until > now()',
    )
    return rows.map((row) => row.pid)
  }

  it('O6: one of two nodes leads; when it is killed the other takes over within a bound', async () => {
    nodes = await Promise.all([startWorkerProcess(database.url), startWorkerProcess(database.url)])
    await expect.poll(leader).toHaveLength(1)
    const [first] = await leader()
    const dead = nodes.find((each) => each.pid === first)!
    const other = nodes.find((each) => each !== dead)!
    await dead.kill('SIGKILL')
    await expect.poll(leader, { timeout: TAKE_OVER_WITHIN_MS + slackMs(), interval: 100 }).toEqual([other.pid])
  })

  it('O6: a leader that stops gives the lead up, and says that it has stopped', async () => {
    const first = await startWorkerProcess(database.url)
    nodes = [first]
    await expect.poll(leader).toEqual([first.pid])
    const second = await startWorkerProcess(database.url)
    nodes.push(second)
    await first.kill('SIGTERM')
    await expect.poll(leader, { timeout: 4_000 + slackMs(), interval: 100 }).toEqual([second.pid])
    const { rows } = await pool.query<{ stopped: boolean }>(
      'SELECT stopped_at IS NOT NULL AS stopped FROM nodes WHERE pid = $1',
      [first.pid],
    )
    expect(rows).toEqual([{ stopped: true }])
  })
})
