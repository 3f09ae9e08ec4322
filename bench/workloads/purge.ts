import { retentionOf } from '../../src/bus/index.ts'
import { createPostgresStorage } from '../../src/postgres/index.ts'
import { cleanUpJobs } from '../../src/runtime/index.ts'
import { seedWaiting } from '../drain.ts'
import { alternate, type Sample } from '../measure.ts'
import { startMeter } from '../meter.ts'
import { compare } from '../result.ts'
import type { Database, Server } from '../server.ts'
import { waybill } from '../waybill-node.ts'
import { describeSample, type Workload } from '../workload.ts'

const LOAD = { fanOut: 1, handler: 'no-op', onHandled: () => {} } as const

const INSERT_PAST = `
  WITH m AS (
    INSERT INTO messages (id, kind, name, version, body, conversation_id, occurred_at)
    SELECT gen_random_uuid(), 'event', 'bench.past', 1, '{"number": 1}', gen_random_uuid(),
           now() - interval '40 days' + make_interval(secs => n)
    FROM generate_series(1, $1::int) AS n RETURNING id, occurred_at
  )
  INSERT INTO deliveries (id, message_id, subscription, position, state, attempt, max_attempts, due_at, started_at, settled_at)
  SELECT gen_random_uuid(), id, 'bench.past', 0, 'succeeded', 1, 3, occurred_at, occurred_at, occurred_at FROM m`

/** The drain of B3 while the clean-up removes 100,000 old messages, beside the same drain on the same rows in peace. */
export const purge: Workload = {
  name: 'purge',
  title: 'Drain of 100,000 waiting deliveries while 100,000 old messages are purged',
  run: async (bench) => {
    const count = bench.isQuick ? 10_000 : 100_000
    const seeded = await seedWaiting(bench.server, waybill, LOAD, count)
    await seeded.query(INSERT_PAST, [count])
    await seeded.query('VACUUM ANALYZE')
    const run = (cleanUp: (url: string) => CleanUp) => measure(bench.server, seeded, count, cleanUp)
    const samples = await alternate(
      bench.rounds,
      { purging: () => run(startCleanUp), quiet: () => run(() => ({ stop: async () => {} })) },
      (side, sample) => bench.tell(`purge ${side}: ${describeSample(sample)}`),
    )
    await seeded.drop()

    return compare(samples.purging, samples.quiet, {
      workload: 'Drain beside a purge',
      figure: 'rate',
      target: { atLeast: 0.9 },
      unit: 'deliveries/s',
      note: 'beside the same drain in peace',
    })
  },
}

interface CleanUp {
  stop(): Promise<void>
}

async function measure(
  server: Server,
  seeded: Database,
  count: number,
  cleanUp: (url: string) => CleanUp,
): Promise<Sample> {
  const database = await server.createDatabase(seeded)
  const queue = await waybill.open(database.url, LOAD)
  try {
    const meter = await startMeter(server)
    const cleaning = cleanUp(database.url)
    await queue.consume()
    await queue.untilSettled(count)
    const sample = await meter.stop(count)
    await cleaning.stop()
    const [left] = await database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM messages WHERE name = 'bench.past'`,
    )
    return { ...sample, purged: count - left!.n }
  } finally {
    await queue.close()
    await database.drop()
  }
}

/** As a node that leads has it, on connections of its own. */
function startCleanUp(url: string): CleanUp {
  const storage = createPostgresStorage({
    url,
    node: 'clean-up',
    poolSize: 2,
    maxAttemptsOf: () => 5,
    onConnectionError: () => {},
  })
  const { history, nodes } = storage
  const stopping = new AbortController()
  const jobs = cleanUpJobs({
    history,
    nodes,
    retention: retentionOf([]),
    processRetention: retentionOf([]),
    observe: () => {},
  })
  const ended = Promise.all(jobs.map((job) => job.run(stopping.signal)))
  return {
    stop: async () => {
      stopping.abort()
      await ended
      await storage.stop()
    },
  }
}
