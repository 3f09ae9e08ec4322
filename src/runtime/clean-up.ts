import { setTimeout as delay } from 'node:timers/promises'
import type { History, NodeStore, Retention } from '../bus/index.ts'
import type { NodeEvent, SingularJob } from './node-life.ts'

const TIDY_EVERY_MS = 30_000
const PURGE_EVERY_MS = 60 * 60_000
const SHORTEST_PAUSE_MS = 20
/** Of the time that one batch takes: the clean-up never has the database for more than a quarter of the time. */
const PAUSE_PER_BATCH = 3

export interface CleanUpParts {
  history: History
  nodes: Pick<NodeStore, 'forget'>
  retention: Retention
  processRetention: Retention
  observe(event: NodeEvent): void
}

/** Removes what is past its time, in small batches with pauses, on one node at a time. */
export function cleanUpJobs({ history, nodes, retention, processRetention, observe }: CleanUpParts): SingularJob[] {
  return [
    {
      name: 'tidy',
      everyMs: TIDY_EVERY_MS,
      run: async (signal) => void (await inPieces(history.tidy(), signal)),
    },
    {
      name: 'purge',
      everyMs: PURGE_EVERY_MS,
      run: async (signal) => {
        await nodes.forget()
        const messages = await inPieces(history.purge(retention), signal)
        const processes = await inPieces(history.purgeProcesses(processRetention), signal)
        if (messages + processes > 0) observe({ event: 'history.purged', messages, processes })
      },
    },
  ]
}

async function inPieces(batches: AsyncIterable<number>, signal: AbortSignal): Promise<number> {
  let total = 0
  let startedAt = performance.now()
  for await (const rows of batches) {
    total += rows
    const pauseMs = Math.max(SHORTEST_PAUSE_MS, (performance.now() - startedAt) * PAUSE_PER_BATCH)
    await delay(pauseMs, undefined, { signal }).catch(() => {})
    if (signal.aborted) break
    startedAt = performance.now()
  }
  return total
}
