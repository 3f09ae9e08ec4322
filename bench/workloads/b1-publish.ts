import { CALLERS, type Contender, letter } from '../contender.ts'
import type { Sample } from '../measure.ts'
import { startMeter } from '../meter.ts'
import { type Bench, compareFigure, compareProcessorTime, runContenders, type Workload } from '../workload.ts'

export const publish: Workload = {
  name: 'b1',
  title: 'Single durable publishes, 16 callers, one subscription',
  run: async (bench) => {
    const samples = await runContenders(bench, 'B1', (contender) => measure(bench, contender))
    const note = `${messagesOf(bench)} messages`
    const rate = { workload: 'B1 publish', figure: 'rate', unit: 'messages/s', target: { atLeast: 0.6 }, note }
    return [
      ...compareFigure(samples, rate, () => ({ atLeast: 3 })),
      ...compareProcessorTime(samples, 'B1', 'µs/message'),
    ]
  },
}

function messagesOf({ isQuick }: Bench): number {
  return isQuick ? 2_000 : 20_000
}

async function measure(bench: Bench, contender: Contender): Promise<Sample> {
  const messages = messagesOf(bench)
  const database = await bench.server.createDatabase()
  const queue = await contender.open(database.url, { fanOut: 1, handler: 'no-op', onHandled: () => {} })
  try {
    const meter = await startMeter(bench.server)
    await publishAll((number) => queue.publish(letter(number)), messages)
    return await meter.stop(messages)
  } finally {
    await queue.close()
    await database.drop()
  }
}

/** Each caller publishes its next message when the last one is stored. */
export async function publishAll(publishOne: (number: number) => Promise<void>, messages: number): Promise<void> {
  let next = 0
  const call = async () => {
    while (next < messages) {
      next += 1
      await publishOne(next)
    }
  }
  await Promise.all(Array.from({ length: CALLERS }, call))
}
