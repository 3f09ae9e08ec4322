/**
 * Real workers on a real database, under load, to which everything happens that happens to servers. Each time every
 * sign-up is accounted for at the end. `npm run test:chaos` does it all over again several times.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cluster, countRunning, openCluster } from './testing/cluster.ts'
import { findProblems } from './testing/end-state.ts'
import { Load } from './testing/load.ts'
import { isThorough, slackMs } from './testing/thoroughness.ts'
import type { WorkerProcess } from './testing/worker-process.ts'

const LONGEST_MS = 150_000
/** What `docs/guarantees.md` promises of a crashed node's work. */
const TAKE_OVER_MS = 10_000
const ROUNDS = isThorough() ? [1, 2, 3] : [1]

let cluster: Cluster
let load: Load
let signedUp = 0

beforeAll(async () => {
  cluster = await openCluster()
}, LONGEST_MS)
afterAll(() => cluster?.close())

const soon = { timeout: 30_000, interval: 20 }
const count = async (text: string) => (await cluster.pool.query(text)).rowCount ?? 0
const settled = () => count(`SELECT FROM deliveries WHERE state = 'succeeded'`)

/** Some more work is done than was done before. */
async function untilItGoesOn() {
  const before = await settled()
  await expect.poll(settled, soon).toBeGreaterThan(before + 20)
}

const slowDown = (delayMs: number) =>
  cluster.pool.query(
    `INSERT INTO faults (subscription, mode, delay_ms) VALUES ('audit.record-account-created', 'slow', $1)
     ON CONFLICT (subscription) DO UPDATE SET delay_ms = excluded.delay_ms`,
    [delayMs],
  )

async function account() {
  signedUp += await load.stop()
  await cluster.pool.query('DELETE FROM faults')
  const open = () =>
    count(
      `SELECT FROM deliveries WHERE state IN ('pending', 'running', 'retrying') AND due_at <= now() + interval '1 hour'`,
    )
  // A mail that the mailbox could not keep while its database was down is sent again after a minute.
  await expect.poll(open, { timeout: 90_000, interval: 50 }).toBe(0)
  const { rows } = await cluster.pool.query<Record<string, number>>(
    `SELECT (SELECT count(*) FROM users)::int AS users,
            (SELECT count(*) FROM messages WHERE name = 'accounts.create-user')::int AS asked,
            (SELECT count(*) FROM messages WHERE name = 'accounts.user-account-created')::int AS told,
            (SELECT sum(sign_ups) FROM sign_up_counts)::int AS counted,
            (SELECT count(*) FROM audit_entries WHERE action = 'accounts.user-account-created')::int AS logged,
            (SELECT count(DISTINCT message_id) FROM audit_entries)::int - count(*)::int AS "logged twice",
            (SELECT count(DISTINCT person_id) FROM mailbox_messages WHERE channel = 'email')::int AS written,
            (SELECT count(DISTINCT external_id) FROM mailbox_messages WHERE channel = 'email')::int AS "different mails",
            (SELECT count(*) FROM deliveries WHERE state IN ('dead', 'discarded'))::int AS dead
     FROM audit_entries`,
  )
  expect(rows[0]).toEqual({
    users: signedUp,
    asked: signedUp,
    told: signedUp,
    counted: signedUp,
    logged: signedUp,
    'logged twice': 0,
    written: signedUp,
    'different mails': signedUp,
    dead: 0,
  })
  expect(await findProblems(cluster.pool, [], MOST_SENDS)).toEqual([])
}

/** One, and one more for each time that something was killed between a mail and its settlement. */
const MOST_SENDS = 3

/** Puts another one in its place. */
async function replace(worker: WorkerProcess) {
  cluster.workers[cluster.workers.indexOf(worker)] = await cluster.startWorker()
}

describe.each(ROUNDS)('three workers under load, round %i', () => {
  it(
    `D4, D14, D15: of a killed one the work is running elsewhere within ${TAKE_OVER_MS / 1000} s, and one that stalled settles nothing`,
    async () => {
      load = new Load(cluster.web)
      await slowDown(1_000)
      const [killed, stalled] = cluster.workers
      await expect.poll(() => countRunning(cluster.pool, stalled), soon).toBeGreaterThan(0)
      stalled.signal('SIGSTOP')
      await expect.poll(() => countRunning(cluster.pool, killed), soon).toBeGreaterThan(0)
      await killed.end('SIGKILL')
      const diedAt = performance.now()
      await expect.poll(() => countRunning(cluster.pool, killed), soon).toBe(0)
      expect(performance.now() - diedAt).toBeLessThan(TAKE_OVER_MS + slackMs())
      await expect.poll(() => countRunning(cluster.pool, stalled), soon).toBe(0)
      stalled.signal('SIGCONT')
      await stalled.until('lost its lease')
      await replace(killed)
      await account()
    },
    LONGEST_MS,
  )

  it(
    'O5: all connections are cut, again and again, also those that listen: nobody ends, and nobody stays deaf',
    async () => {
      load = new Load(cluster.web)
      for (let cuts = 0; cuts < 3; cuts += 1) {
        await untilItGoesOn()
        await cluster.pool.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE backend_type = 'client backend' AND application_name NOT LIKE 'waybill observer%'`,
        )
      }
      await untilItGoesOn()
      expect(cluster.workers.map((worker) => worker.lastWords)).toEqual([null, null, null])
      const listening = () => count(`SELECT FROM pg_stat_activity WHERE query LIKE 'LISTEN%'`)
      await expect.poll(listening, soon).toBeGreaterThanOrEqual(cluster.workers.length)
      expect(cluster.workers.map((worker) => worker.lastWords)).toEqual([null, null, null])
      await account()
    },
    LONGEST_MS,
  )

  it(
    'O5: PostgreSQL dies and comes back: nobody ends, nothing is lost',
    async () => {
      load = new Load(cluster.web)
      await untilItGoesOn()
      await cluster.killDatabase()
      await expect.poll(() => settled().catch(() => -1), soon).toBe(-1)
      await expect.poll(() => settled().catch(() => -1), soon).toBeGreaterThan(0)
      await untilItGoesOn()
      expect(cluster.workers.map((worker) => worker.lastWords)).toEqual([null, null, null])
      await account()
    },
    LONGEST_MS,
  )

  it(
    'O3, O4: a rolling restart under load finishes what it began, loses nothing and doubles nothing',
    async () => {
      const { rows } = await cluster.pool.query<{ now: Date }>('SELECT now() AS now')
      load = new Load(cluster.web)
      await slowDown(200)
      for (const worker of [...cluster.workers]) {
        await expect.poll(() => countRunning(cluster.pool, worker), soon).toBeGreaterThan(0)
        expect(await worker.end('SIGTERM')).toBe(0)
        expect(await countRunning(cluster.pool, worker)).toBe(0)
        await replace(worker)
      }
      await account()
      // A node that leaves something unfinished loses its lease on it.
      const { rows: failed } = await cluster.pool.query(
        `SELECT node, error FROM failed_attempts WHERE outcome = 'lease-lost' AND finished_at > $1`,
        [rows[0]!.now],
      )
      expect(failed).toEqual([])
    },
    LONGEST_MS,
  )
})
