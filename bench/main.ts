/** `npm run bench`: measures Waybill beside a hand-written loop, on one PostgreSQL, and prints the ratios. */
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Arguments, readArguments, UnfitArguments } from './arguments.ts'
import { type Run, updateDocument } from './document.ts'
import type { Result } from './result.ts'
import { startServer } from './server.ts'
import { toText } from './table.ts'
import type { Bench, Workload } from './workload.ts'
import { publish } from './workloads/b1-publish.ts'
import { publishBesideInsert } from './workloads/b2-publish-in-transaction.ts'
import { drain } from './workloads/b3-drain.ts'
import { transactional } from './workloads/b4-transactional.ts'
import { latency } from './workloads/b5-latency.ts'
import { fanOut } from './workloads/b6-fan-out.ts'
import { steady } from './workloads/b6r-steady.ts'
import { growth } from './workloads/b7-growth.ts'
import { memory } from './workloads/b8-memory.ts'
import { signUp } from './workloads/b9-sign-up.ts'
import { purge } from './workloads/purge.ts'

const WORKLOADS: readonly Workload[] = [
  publish,
  publishBesideInsert,
  drain,
  transactional,
  latency,
  fanOut,
  steady,
  growth,
  memory,
  signUp,
  purge,
]

const DOCUMENT = path.resolve(import.meta.dirname, '../docs/performance.md')

const stops: (() => Promise<void>)[] = []
let isLeaving = false

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void leave(130))
// Whatever happens, no database is left running. While stopping, what still runs fails in many ways.
process.on('uncaughtException', (error) => {
  report(error)
  void leave(1)
})

try {
  const names = WORKLOADS.map(({ name }) => name)
  await run(readArguments(process.argv.slice(2), names))
} catch (error) {
  report(error)
} finally {
  await stopAll()
}

async function run({ workloads, json, peers: withPeers, rounds, quick, write }: Arguments): Promise<void> {
  const peers = withPeers ? (await import('./peers/index.ts')).PEERS : []
  const starting = startServer()
  // Also when it is interrupted while it starts.
  stops.push(async () => (await starting).stop())
  const server = await starting
  const defer = (stop: () => Promise<void>) => void stops.push(stop)
  const wanted = WORKLOADS.filter(({ name }) => workloads.length === 0 || workloads.includes(name))
  const results = await runAll(wanted, { server, rounds, isQuick: quick, peers, tell, defer })
  if (isLeaving) return
  process.stdout.write(`\n${toText(results)}\n`)
  if (json) await writeFile(json, toJson(results))
  if (write) await writeDocument({ results, rounds, date: new Date(), settings: server.settings })
}

/** One that fails keeps no other from being measured. */
async function runAll(workloads: readonly Workload[], bench: Bench): Promise<Result[]> {
  const results: Result[] = []
  for (const workload of workloads) {
    tell(`\n${workload.name.toUpperCase()}: ${workload.title}`)
    try {
      results.push(...(await workload.run(bench)))
    } catch (error) {
      report(error)
      if (isLeaving) break
    }
  }
  return results
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}

function report(error: unknown): void {
  // What still runs when its database is taken away fails; that is no news.
  if (isLeaving) return
  tell(error instanceof UnfitArguments ? error.message : ((error as Error).stack ?? String(error)))
  process.exitCode = 1
}

function toJson(results: readonly Result[]): string {
  const rows = results.map(({ workload, value, unit, baseline, ratio }) => ({ workload, value, unit, baseline, ratio }))
  return `${JSON.stringify(rows, null, 2)}\n`
}

async function writeDocument(run: Run): Promise<void> {
  await writeFile(DOCUMENT, updateDocument(await readFile(DOCUMENT, 'utf8'), run))
}

async function leave(code: number): Promise<void> {
  if (isLeaving) return
  isLeaving = true
  await stopAll()
  process.exit(code)
}

async function stopAll(): Promise<void> {
  for (let stop = stops.pop(); stop; stop = stops.pop()) {
    await stop().catch((error: unknown) => tell(`While stopping: ${String(error)}`))
  }
}
