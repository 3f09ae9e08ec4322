import { type Contender, letter } from '../contender.ts'
import type { Sample } from '../measure.ts'
import { startMeter } from '../meter.ts'
import { type Bench, compareFigure, compareProcessorTime, runContenders, type Workload } from '../workload.ts'
import { publishAll } from './b1-publish.ts'

const FAN_OUT = 5

export const fanOut: Workload = {
  name: 'b6',
  title: 'Fan-out 1 → 5, publishing and consuming at once, 50,000 deliveries',
  run: async (bench) => {
    const samples = await runContenders(bench, 'B6', (contender) => measure(bench, contender))
    const note = `${deliveriesOf(bench)} deliveries`
    const rate = { workload: 'B6 fan-out', figure: 'rate', unit: 'deliveries/s', target: { atLeast: 0.6 }, note }
    return [
      ...compareFigure(samples, rate, (name) => (name === 'graphile-worker' ? { atLeast: 2 } : null)),
      ...compareProcessorTime(samples, 'B6', 'µs/delivery'),
    ]
  },
}

function deliveriesOf({ isQuick }: Bench): number {
  return isQuick ? 5_000 : 50_000
}

async function measure({ server, ...bench }: Bench, contender: Contender): Promise<Sample> {
  const deliveries = deliveriesOf({ server, ...bench })
  const database = await server.createDatabase()
  const queue = await contender.open(database.url, { fanOut: FAN_OUT, handler: 'no-op', onHandled: () => {} })
  try {
    await queue.consume()
    const meter = await startMeter(server)
    await publishAll((number) => queue.publish(letter(number)), deliveries / FAN_OUT)
    await queue.untilSettled(deliveries)
    const sample = await meter.stop(deliveries)
    const settled = await queue.countSettled()
    if (settled !== deliveries) throw new Error(`${contender.name} settled ${settled} of ${deliveries} deliveries.`)
    return sample
  } finally {
    await queue.close()
    await database.drop()
  }
}
