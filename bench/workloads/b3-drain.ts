import type { Contender } from '../contender.ts'
import { runDrain } from '../drain-workload.ts'
import type { Bench, Workload } from '../workload.ts'

export const drain: Workload = {
  name: 'b3',
  title: 'Drain of 50,000 waiting deliveries, effectful no-op handler, full history kept',
  run: async (bench) =>
    runDrain(bench, {
      workload: 'B3',
      what: 'drain',
      handler: 'no-op',
      deliveries: bench.isQuick ? 5_000 : 50_000,
      peers: await peersOf(bench),
    }),
}

/** graphile-worker three times: as fast as it can be set up, as it advises to begin with, and as it comes. */
async function peersOf({ peers }: Bench): Promise<readonly Contender[]> {
  if (peers.length === 0) return peers
  const { graphileWorkerAsAdvised, graphileWorkerAsItComes } = await import('../peers/graphile-worker.ts')
  return [...peers, graphileWorkerAsAdvised, graphileWorkerAsItComes]
}
