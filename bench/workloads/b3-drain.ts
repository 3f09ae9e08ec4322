import { runDrain } from '../drain-workload.ts'
import type { Workload } from '../workload.ts'

export const drain: Workload = {
  name: 'b3',
  title: 'Drain of 50,000 waiting deliveries, effectful no-op handler, full history kept',
  run: (bench) =>
    runDrain(bench, {
      workload: 'B3',
      what: 'drain',
      handler: 'no-op',
      deliveries: bench.isQuick ? 5_000 : 50_000,
      peers: bench.peers,
    }),
}
