import { setTimeout as delay } from 'node:timers/promises'
import { type Contender, letter } from '../contender.ts'
import { percentile, type Sample } from '../measure.ts'
import { type Bench, compareFigure, runContenders, type Workload } from '../workload.ts'

/** After this everything has gone to sleep again. */
const PAUSE_MS = 5

export const latency: Workload = {
  name: 'b5',
  title: 'Idle latency, publish committed to handler started, 1,000 in turn',
  run: async (bench) => {
    const samples = await runContenders(bench, 'B5', (contender) => measure(bench, contender))
    const note = `${messagesOf(bench)} in turn`
    const below = () => ({ atMost: 1 })
    const p50 = { workload: 'B5 idle p50', figure: 'p50', unit: 'ms', target: { atMost: 1.2 }, note }
    const p99 = { workload: 'B5 idle p99', figure: 'p99', unit: 'ms', target: { atMost: 1.5 }, note }
    const whole = { unit: 'ms', target: null, note: 'from the call of publish, its commit included' }
    return [
      ...compareFigure(samples, p50, below),
      ...compareFigure(samples, p99, below),
      ...compareFigure(samples, { ...whole, workload: 'B5 call to handler p50', figure: 'callP50' }, () => null),
      ...compareFigure(samples, { ...whole, workload: 'B5 call to handler p99', figure: 'callP99' }, () => null),
    ]
  },
}

function messagesOf({ isQuick }: Bench): number {
  return isQuick ? 200 : 1_000
}

async function measure(bench: Bench, contender: Contender): Promise<Sample> {
  const database = await bench.server.createDatabase()
  let handlerStarts = Promise.withResolvers<number>()
  const onHandled = () => handlerStarts.resolve(performance.now())
  const queue = await contender.open(database.url, { fanOut: 1, handler: 'no-op', onHandled })
  const sinceCommit: number[] = []
  const sinceCall: number[] = []
  try {
    await queue.consume()
    await bench.server.checkpoint()
    for (let number = 1; number <= messagesOf(bench); number += 1) {
      handlerStarts = Promise.withResolvers<number>()
      const calledAt = performance.now()
      await queue.publish(letter(number))
      const committedAt = performance.now()
      // First, because it fails where nothing is handled.
      await queue.untilSettled(number)
      const startedAt = await handlerStarts.promise
      // What is handed over as its commit is answered begins before the publisher hears of it.
      sinceCommit.push(Math.max(0, startedAt - committedAt))
      sinceCall.push(startedAt - calledAt)
      await delay(PAUSE_MS)
    }
  } finally {
    await queue.close()
    await database.drop()
  }
  return {
    p50: percentile(sinceCommit, 0.5),
    p99: percentile(sinceCommit, 0.99),
    callP50: percentile(sinceCall, 0.5),
    callP99: percentile(sinceCall, 0.99),
  }
}
