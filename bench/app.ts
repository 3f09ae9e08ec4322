import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { whileAlive } from './child.ts'

const ROOT = path.resolve(import.meta.dirname, '..')

export interface RunningApp {
  child: ChildProcess
  origin: string
}

/** The app as `npm start` runs it, on a database of the bench's server; `publicOrigin` where people reach it elsewhere. */
export async function startApp(
  databaseUrl: string,
  defer: (child: ChildProcess) => void,
  publicOrigin?: string,
): Promise<RunningApp> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, [path.join(ROOT, 'src/tools/start.mjs')], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      HOST: '127.0.0.1',
      APP_URL: publicOrigin ?? origin,
      DATABASE_URL: databaseUrl,
      APP_SECRET: 'a secret for the bench only, 32 characters',
      // All its people come from one address.
      LIMITS: 'sign-up.address=100000/1h',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  defer(child)
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

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (typeof address !== 'object' || !address) throw new Error('There is no free port.')
  return address.port
}
