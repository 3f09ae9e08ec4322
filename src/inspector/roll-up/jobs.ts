import type { SearchParts } from '../queries/search.ts'
import { forgetOldRollUps } from './retention.ts'
import { rollUpPage } from './roll-up.ts'
import { sampleQueues } from './sample.ts'
import { watchViews } from './watch-views.ts'

/** Nobody reads the figures more often; and what is counted together costs the database less. */
const COUNT_EVERY_MS = 1_000
const SAMPLE_EVERY_MS = 10_000
const WATCH_EVERY_MS = 10_000
const FORGET_EVERY_MS = 10 * 60_000

interface Job {
  name: string
  everyMs: number
  run(signal: AbortSignal): Promise<void>
}

/** What the node that leads does for all who watch: it counts, samples and forgets. */
export function rollUpJobs(parts: SearchParts, subscriptions: readonly string[]): Job[] {
  const { pool } = parts
  return [
    {
      name: 'roll-up',
      everyMs: COUNT_EVERY_MS,
      run: async (signal) => {
        while (!signal.aborted && (await rollUpPage(pool)));
      },
    },
    { name: 'sample-queues', everyMs: SAMPLE_EVERY_MS, run: () => sampleQueues(pool, subscriptions) },
    { name: 'watch-views', everyMs: WATCH_EVERY_MS, run: (signal) => watchViews(parts, signal) },
    {
      name: 'forget-roll-ups',
      everyMs: FORGET_EVERY_MS,
      run: async (signal) => {
        for await (const _ of forgetOldRollUps(pool)) if (signal.aborted) return
      },
    },
  ]
}
