import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

const MAIN = path.join(import.meta.dirname, '../main.ts')

/** A worker as people run it, in a process of its own that may be stopped, continued and killed. */
export class WorkerProcess {
  /** What it has written last. */
  output = ''
  readonly #child: ChildProcess
  readonly #exit: Promise<unknown>

  private constructor(child: ChildProcess) {
    this.#child = child
    this.#exit = once(child, 'exit')
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.output = (this.output + String(chunk)).slice(-KEPT_OUTPUT)
      })
    }
  }

  /** Resolves once it handles messages. */
  static async start(env: Record<string, string>): Promise<WorkerProcess> {
    const child = spawn(process.execPath, [MAIN], {
      env: { ...env, ROLE: 'worker', LOG_LEVEL: 'debug', NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const worker = new WorkerProcess(child)
    await worker.until('Waybill handles messages.')
    return worker
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** What it wrote before it ended; null while it lives. */
  get lastWords(): string | null {
    return this.isAlive ? null : this.output.slice(-2_000)
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** Signals it and waits for its end. Returns its exit code, or null when the signal killed it. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    if (this.isAlive) {
      this.signal(signal)
      await this.#exit
    }
    return this.#child.exitCode
  }

  /** Resolves once it writes the text. */
  async until(text: string): Promise<void> {
    while (!this.output.includes(text)) {
      if (!this.isAlive) throw new Error(`A worker ended early:\n${this.output}`)
      await Promise.race([once(this.#child.stdout!, 'data'), once(this.#child.stderr!, 'data'), this.#exit])
    }
  }
}

const KEPT_OUTPUT = 200_000
