import { runDrain } from '../drain-workload.ts'
import type { Workload } from '../workload.ts'

export const transactional: Workload = {
  name: 'b4',
  title: 'Drain of 20,000, transactional handler with one insert; beside it, one transaction a delivery',
  run: (bench) =>
    runDrain(bench, {
      workload: 'B4',
      what: 'transactional drain',
      handler: 'insert',
      deliveries: bench.isQuick ? 2_000 : 20_000,
      peers: [],
    }),
}
