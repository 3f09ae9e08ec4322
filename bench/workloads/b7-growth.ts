import type { Load } from '../contender.ts'
import { measureDrain, seedWaiting } from '../drain.ts'
import { compare } from '../result.ts'
import type { Database, Server } from '../server.ts'
import { openWaybill, waybill } from '../waybill-node.ts'
import { type Bench, runSides, type Workload } from '../workload.ts'

const NO_OP = { handler: 'no-op' } as const

export const growth: Workload = {
  name: 'b7',
  title: 'B3 again with 1,000,000 settled messages kept, and with 100,000 waiting for others',
  run: async (bench) => {
    const { server, tell } = bench
    const { drained, settled, waiting } = sizesOf(bench)
    tell(`B7: making ${settled} settled and ${waiting} waiting deliveries`)
    const databases = {
      empty: await seedWaiting(server, waybill, NO_OP, drained),
      kept: await seedWaiting(server, waybill, NO_OP, drained, await withSettled(server, settled)),
      waiting: await seedWaiting(server, waybill, NO_OP, drained, await withWaiting(server, waiting)),
    }
    const drain = (seeded: Database) => () => measureDrain(server, waybill, NO_OP, drained, seeded)
    const samples = await runSides(bench, 'B7', {
      empty: drain(databases.empty),
      kept: drain(databases.kept),
      waiting: drain(databases.waiting),
    })
    for (const database of Object.values(databases)) await database.drop()
    const rate = { figure: 'rate', unit: 'deliveries/s', target: { atLeast: 0.9 } }
    return [
      ...compare(samples.kept, samples.empty, {
        ...rate,
        workload: 'B7 drain, history kept',
        note: `${settled} settled; beside none`,
      }),
      ...compare(samples.waiting, samples.empty, {
        ...rate,
        workload: 'B7 drain, others waiting',
        note: `${waiting} waiting for other subscriptions; beside none`,
      }),
    ]
  },
}

function sizesOf({ isQuick }: Bench) {
  return isQuick
    ? { drained: 5_000, settled: 50_000, waiting: 10_000 }
    : { drained: 50_000, settled: 1_000_000, waiting: 100_000 }
}

async function withSettled(server: Server, deliveries: number): Promise<Database> {
  const database = await server.createDatabase()
  const node = await openWaybill(database.url, loadOf(1))
  await node.seedSettled(deliveries)
  await node.close()
  return database
}

/** What waits is for the reactions to an event, which the draining node does not have. */
async function withWaiting(server: Server, deliveries: number): Promise<Database> {
  const database = await server.createDatabase()
  const node = await openWaybill(database.url, loadOf(5))
  await node.seed(deliveries)
  await node.close()
  return database
}

function loadOf(fanOut: Load['fanOut']): Load {
  return { ...NO_OP, fanOut, onHandled: () => {} }
}
