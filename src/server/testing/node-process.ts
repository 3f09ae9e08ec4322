import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

const MAIN = path.resolve(import.meta.dirname, '../main.ts')
export const TEST_SECRET = 'a secret for tests only, 32 chars'

/** A node of its own process, so that a test can kill it. */
export interface NodeProcess {
  readonly pid: number
  /** What it has written so far. */
  output(): string
  /** Ends it and waits until it is gone. */
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
}

/** Starts a worker on the given database and waits until it handles messages. */
export async function startWorkerProcess(
  databaseUrl: string,
  settings: Record<string, string> = {},
): Promise<NodeProcess> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'waybill-node-'))
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      ROLE: 'worker',
      DATABASE_URL: databaseUrl,
      DATA_DIR: dataDir,
      APP_SECRET: TEST_SECRET,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const output = await untilReady(child)
  return {
    pid: child.pid!,
    output,
    kill: async (signal) => {
      child.kill(signal)
      await gone
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function untilReady(child: ChildProcess): Promise<() => string> {
  let text = ''
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('Waybill handles messages.')) resolve(() => text)
    }
    child.stdout!.on('data', read)
    child.stderr!.on('data', read)
    child.once('exit', (code) => reject(new Error(`The node ended with ${code}:\n${text}`)))
  })
}
