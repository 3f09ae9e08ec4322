import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { endChild, whileAlive } from '../child.ts'
import { percentile, type Sample } from '../measure.ts'
import { compare } from '../result.ts'
import { signUpMany } from '../sign-up.ts'
import { untilIdle } from '../waybill-node.ts'
import { type Bench, runSides, type Workload } from '../workload.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const AT_ONCE = 4

export const signUp: Workload = {
  name: 'b9',
  title: 'Sign-up through tRPC beside the same route with a plain Prisma insert and no bus',
  run: async (bench) => {
    const own = await bench.server.createDatabase()
    const plain = await bench.server.createDatabase()
    const app = await startApp(bench, own.url)
    const route = await startRoute(bench, plain.url)
    for (const { origin } of [app, route]) await signUpMany(origin, 20, AT_ONCE)
    const samples = await runSides(bench, 'B9', {
      waybill: () => measure(bench, app.origin, () => untilIdle(own)),
      baseline: () => measure(bench, route.origin, async () => {}),
    })
    await endChild(app.child, 'SIGTERM')
    await endChild(route.child)
    await own.drop()
    await plain.drop()
    const p95 = { unit: 'ms', target: { atMost: 1.25 }, note: `${signUpsOf(bench)} sign-ups` }
    const workload = 'B9 sign-up p95'
    return [
      ...compare(samples.waybill, samples.baseline, { ...p95, figure: 'p95', workload: `${workload}, one by one` }),
      ...compare(samples.waybill, samples.baseline, {
        ...p95,
        figure: 'p95AtOnce',
        workload: `${workload}, ${AT_ONCE} at once`,
      }),
    ]
  },
}

function signUpsOf({ isQuick }: Bench): number {
  return isQuick ? 40 : 300
}

/** What a sign-up sets off runs on while the next are answered, but not into the other side's turn. */
async function measure(bench: Bench, origin: string, settled: () => Promise<void>): Promise<Sample> {
  const inTurn = await signUpMany(origin, signUpsOf(bench), 1)
  await settled()
  const atOnce = await signUpMany(origin, signUpsOf(bench), AT_ONCE)
  await settled()
  return {
    p50: percentile(inTurn, 0.5),
    p95: percentile(inTurn, 0.95),
    p50AtOnce: percentile(atOnce, 0.5),
    p95AtOnce: percentile(atOnce, 0.95),
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
