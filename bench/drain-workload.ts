import { baseline } from './baseline/loop.ts'
import type { Contender, Load } from './contender.ts'
import { measureDrain, seedWaiting } from './drain.ts'
import type { Result } from './result.ts'
import type { Database } from './server.ts'
import { waybill } from './waybill-node.ts'
import { type Bench, compareFigure, compareProcessorTime, runContenders } from './workload.ts'

interface Drain {
  workload: string
  what: string
  handler: Load['handler']
  deliveries: number
  peers: readonly Contender[]
}

/** Everybody drains the same number of waiting deliveries, each on copies of a database seeded once. */
export async function runDrain(bench: Bench, { workload, what, handler, deliveries, peers }: Drain): Promise<Result[]> {
  const { server } = bench
  const seeded = new Map<Contender, Database>()
  for (const contender of [waybill, baseline, ...peers]) {
    seeded.set(contender, await seedWaiting(server, contender, { handler }, deliveries))
  }
  const run = (contender: Contender) => measureDrain(server, contender, { handler }, deliveries, seeded.get(contender)!)
  const samples = await runContenders(bench, workload, run, peers)
  for (const database of seeded.values()) await database.drop()
  const rate = {
    workload: `${workload} ${what}`,
    figure: 'rate',
    unit: 'deliveries/s',
    target: { atLeast: 0.6 },
    note: `${deliveries} waiting`,
  }
  return [
    ...compareFigure(samples, rate, (name) => (name.startsWith('graphile-worker') ? { atLeast: 1 } : null)),
    ...compareProcessorTime(samples, workload, 'µs/delivery'),
  ]
}
