/** Queues that people use today, for `--peers`. They are development dependencies. */
import type { Contender } from '../contender.ts'
import { graphileWorker } from './graphile-worker.ts'
import { pgBoss } from './pg-boss.ts'

export const PEERS: readonly Contender[] = [graphileWorker, pgBoss]
