import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import path from 'node:path'

/** All the people of the tests come from one address; what one account may do is as everywhere. */
export const FROM_ONE_ADDRESS = ['sign-up', 'log-in', 'passkey', 'passkey-challenge', 'reset', 'resend', 'phone-code']
  .map((action) => `${action}.address=100000/1h`)
  .join(',')

/** An app of a test's own, that may be killed. */
export class OwnApp {
  readonly url: string
  /** Everything it has written, over all its lives. */
  output = ''
  readonly #port: number
  readonly #env: Record<string, string>
  #child: ChildProcess | undefined

  constructor(port: number, env: Record<string, string>) {
    this.#port = port
    this.#env = env
    this.url = `http://localhost:${port}`
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [path.resolve('src/tools/start.mjs')], {
      env: { ...process.env, PORT: String(this.#port), LOG_LEVEL: 'debug', LIMITS: FROM_ONE_ADDRESS, ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    const ready = Promise.withResolvers<void>()
    const listen = (chunk: Buffer) => {
      this.output += String(chunk)
      if (String(chunk).includes('Waybill is ready')) ready.resolve()
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.once('exit', () => ready.reject(new Error(`The app ended early:\n${this.output.slice(-2_000)}`)))
    ready.promise.catch(() => undefined)
    await ready.promise
  }

  /** `kill -9`: nothing is finished, nothing is said. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM')
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return address.port
}
