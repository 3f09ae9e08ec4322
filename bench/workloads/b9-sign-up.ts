import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { type RunningApp, startApp } from '../app.ts'
import { endChild, whileAlive } from '../child.ts'
import { percentile, type Sample } from '../measure.ts'
import { compare } from '../result.ts'
import { signUpInTurn, signUpSteadily } from '../sign-up.ts'
import { untilIdle } from '../waybill-node.ts'
import { type Bench, runSides, type Workload } from '../workload.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const EVERY_MS = 200
/** As for an app that has lived: what runs seldom is compiled late. */
const WARM_UP = 200

export const signUp: Workload = {
  name: 'b9',
  title: 'Sign-up through tRPC beside the same route with a plain Prisma insert and no bus',
  run: async (bench) => {
    const own = await bench.server.createDatabase()
    const plain = await bench.server.createDatabase()
    bench.tell('B9: starting the app, which builds its pages where they are missing')
    const app = await startApp(own.url, (child) => bench.defer(() => endChild(child, 'SIGTERM')))
    const route = await startRoute(bench, plain.url)
    for (const { origin } of [app, route]) await signUpInTurn(origin, WARM_UP)
    const samples = await runSides(bench, 'B9', {
      waybill: () => measure(bench, app.origin, () => untilIdle(own)),
      baseline: () => measure(bench, route.origin, async () => {}),
    })
    await endChild(app.child, 'SIGTERM')
    await endChild(route.child)
    await own.drop()
    await plain.drop()
    const workload = 'B9 sign-up p95'
    const steady = { workload, figure: 'p95', unit: 'ms', target: { atMost: 1.25 } }
    const inTurn = { workload: `${workload}, in turn`, figure: 'p95InTurn', unit: 'ms', target: null }
    const { waybill, baseline } = samples
    const note = `${signUpsOf(bench)} sign-ups`
    return [
      ...compare(waybill, baseline, { ...steady, note: `${note}, one every ${EVERY_MS} ms` }),
      ...compare(waybill, baseline, { ...inTurn, note: `${note} without a pause` }),
    ]
  },
}

function signUpsOf({ isQuick }: Bench): number {
  return isQuick ? 20 : 100
}

/**
 * People come one every so often; without a pause, what a sign-up sets off competes with the next, and that shows what
 * all of it costs. It never runs into the other side's turn.
 */
async function measure(bench: Bench, origin: string, settled: () => Promise<void>): Promise<Sample> {
  const steady = await signUpSteadily(origin, signUpsOf(bench), EVERY_MS)
  await settled()
  const inTurn = await signUpInTurn(origin, signUpsOf(bench))
  await settled()
  return {
    p50: percentile(steady, 0.5),
    p95: percentile(steady, 0.95),
    p50InTurn: percentile(inTurn, 0.5),
    p95InTurn: percentile(inTurn, 0.95),
  }
}

async function startRoute({ defer }: Bench, databaseUrl: string): Promise<RunningApp> {
  const child = fork(path.join(ROOT, 'bench/baseline/sign-up-server.ts'), [databaseUrl])
  defer(() => endChild(child))
  const [{ port }] = (await whileAlive(child, once(child, 'message'))) as [{ port: number }]
  return { child, origin: `http://127.0.0.1:${port}` }
}
