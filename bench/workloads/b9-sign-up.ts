import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { endChild, whileAlive } from '../child.ts'
import { percentile, type Sample } from '../measure.ts'
import { compare } from '../result.ts'
import { signUpInTurn, signUpSteadily } from '../sign-up.ts'
import { untilIdle } from '../waybill-node.ts'
import { type Bench, runSides, type Workload } from '../workload.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const EVERY_MS = 200
const WARM_UP = 20

export const signUp: Workload = {
  name: 'b9',
  title: 'Sign-up through tRPC beside the same route with a plain Prisma insert and no bus',
  run: async (bench) => {
    const own = await bench.server.createDatabase()
    const plain = await bench.server.createDatabase()
    const app = await startApp(bench, own.url)
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

interface Running {
  child: ChildProcess
  origin: string
}

/** The app as `npm start` runs it, on a database of the bench's server. */
async function startApp({ tell, defer }: Bench, databaseUrl: string): Promise<Running> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  tell('B9: starting the app, which builds its pages where they are missing')
  const child = spawn(process.execPath, [path.join(ROOT, 'src/tools/start.mjs')], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      HOST: '127.0.0.1',
      APP_URL: origin,
      DATABASE_URL: databaseUrl,
      APP_SECRET: 'a secret for the bench only, 32 characters',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  defer(() => endChild(child, 'SIGTERM'))
  await whileAlive(child, untilReady(`${origin}/api/health/ready`, child))
  return { child, origin }
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    const response = await fetch(url).catch(() => null)
    await response?.body?.cancel()
    if (response?.ok) return
    await delay(200)
  }
}

async function startRoute({ defer }: Bench, databaseUrl: string): Promise<Running> {
  const child = fork(path.join(ROOT, 'bench/baseline/sign-up-server.ts'), [databaseUrl])
  defer(() => endChild(child))
  const [{ port }] = (await whileAlive(child, once(child, 'message'))) as [{ port: number }]
  return { child, origin: `http://127.0.0.1:${port}` }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (typeof address !== 'object' || !address) throw new Error('There is no free port.')
  return address.port
}
