import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { endChild } from '../child.ts'
import { seedWaiting } from '../drain.ts'
import type { MemorySample } from '../memory-worker.ts'
import { toResult } from '../result.ts'
import { waybill } from '../waybill-node.ts'
import type { Bench, Workload } from '../workload.ts'

const WORKER = path.resolve(import.meta.dirname, '../memory-worker.ts')
const MEGABYTE = 1_000_000

export const memory: Workload = {
  name: 'b8',
  title: 'Memory of a worker through 1,000,000 deliveries: its last tenth beside its second',
  run: async (bench) => {
    const samples = await sampleWorker(bench, deliveriesOf(bench))
    const [second, last] = [samples[1], samples.at(-1)]
    if (!second || !last || samples.length !== 10) throw new Error(`The worker gave ${samples.length} samples of 10.`)
    const common = {
      unit: 'MB',
      target: { atMost: 1.1 },
      note: `${deliveriesOf(bench)} deliveries; beside its second tenth`,
    }
    return [
      toResult({
        ...common,
        workload: 'B8 heap',
        value: last.heapBytes / MEGABYTE,
        baseline: second.heapBytes / MEGABYTE,
      }),
      toResult({
        ...common,
        workload: 'B8 resident',
        value: last.residentBytes / MEGABYTE,
        baseline: second.residentBytes / MEGABYTE,
      }),
    ]
  },
}

function deliveriesOf({ isQuick }: Bench): number {
  return isQuick ? 100_000 : 1_000_000
}

async function sampleWorker({ server, tell, defer }: Bench, deliveries: number): Promise<MemorySample[]> {
  tell(`B8: making ${deliveries} waiting deliveries`)
  const database = await seedWaiting(server, waybill, { handler: 'no-op' }, deliveries)
  const worker = fork(WORKER, [database.url, String(deliveries)], { execArgv: ['--expose-gc'] })
  defer(() => endChild(worker))
  const samples: MemorySample[] = []
  worker.on('message', (sample: MemorySample) => {
    samples.push(sample)
    const megabytes = [sample.heapBytes, sample.residentBytes].map((bytes) => (bytes / MEGABYTE).toFixed(1))
    tell(`B8 tenth ${samples.length}: heap ${megabytes[0]} MB, resident ${megabytes[1]} MB`)
  })
  const [code] = (await once(worker, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`The worker ended with ${code}.`)
  await database.drop()
  return samples
}
