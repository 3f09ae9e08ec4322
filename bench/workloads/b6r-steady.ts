import { setTimeout as delay } from 'node:timers/promises'
import { type Contender, letter, type Queue } from '../contender.ts'
import { percentile, type Sample } from '../measure.ts'
import { type Bench, compareFigure, runContenders, type Workload } from '../workload.ts'

const PER_SECOND = 200
const FAN_OUT = 5

export const steady: Workload = {
  name: 'b6r',
  title: '200 events/s for 20 s, each to 5 subscriptions: publish to handled',
  run: async (bench) => {
    const samples = await runContenders(bench, 'B6r', (contender) => measure(bench, contender))
    const note = `${PER_SECOND} events/s for ${secondsOf(bench)} s`
    const p50 = { workload: 'B6r steady p50', figure: 'p50', unit: 'ms', target: null, note }
    const p99 = { workload: 'B6r steady p99', figure: 'p99', unit: 'ms', target: { atMost: 2 }, note }
    return [p50, p99].flatMap((figure) => compareFigure(samples, figure, () => null))
  },
}

function secondsOf({ isQuick }: Bench): number {
  return isQuick ? 4 : 20
}

async function measure(bench: Bench, contender: Contender): Promise<Sample> {
  const database = await bench.server.createDatabase()
  const dueAt: number[] = []
  const millis: number[] = []
  const onHandled = ({ number }: { number: number }) => millis.push(performance.now() - dueAt[number]!)
  const queue = await contender.open(database.url, { fanOut: FAN_OUT, handler: 'no-op', onHandled })
  try {
    await queue.consume()
    await bench.server.checkpoint()
    await publishSteadily(queue, PER_SECOND * secondsOf(bench), dueAt)
    await queue.untilSettled(dueAt.length * FAN_OUT)
  } finally {
    await queue.close()
    await database.drop()
  }
  return { p50: percentile(millis, 0.5), p99: percentile(millis, 0.99) }
}

/** Fills in when each was due: one that is sent late because the machine is busy has waited since then. */
async function publishSteadily(queue: Queue, events: number, dueAt: number[]): Promise<void> {
  const startedAt = performance.now()
  const published: Promise<void>[] = []
  while (published.length < events) {
    const due = startedAt + (published.length * 1_000) / PER_SECOND
    const early = due - performance.now()
    if (early > 0) await delay(early)
    dueAt.push(due)
    published.push(queue.publish(letter(published.length)))
  }
  await Promise.all(published)
}
