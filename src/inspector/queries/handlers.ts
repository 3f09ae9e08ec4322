import type { Pool } from 'pg'
import type { Clock, HandlerSettingsStore, Registered, Registry } from '../../bus/index.ts'
import type { BoundedCount, HandlerView } from '../model/handler-view.ts'
import { findQueues, MAX_OTHERS, MAX_WAITING, type Queue, type Queues } from './queues.ts'
import { shared } from './shared.ts'

/** However many look: the queues are looked at once in this time. */
const QUEUES_HOLD_MS = 1_000

interface Parts {
  pool: Pool
  registry: Registry
  handlerSettings: HandlerSettingsStore
  clock: Clock
}

/** Every handler of this build, in order of registration. What is set is read anew each time, so that one sees it. */
export function createHandlersQuery({ pool, registry, handlerSettings, clock }: Parts): () => Promise<HandlerView[]> {
  const readQueues = shared<null, Queues>(clock, QUEUES_HOLD_MS, () =>
    findQueues(pool, [...registry.subscriptions.keys()]),
  )
  return async () => {
    const [settings, outages, queues] = await Promise.all([
      handlerSettings.findAll(),
      findOutages(pool),
      readQueues(null),
    ])
    return [...registry.subscriptions.values()].map((each) => ({
      ...toView(each, settings, queues),
      outage: outages.get(each.subscription.name) ?? null,
    }))
  }
}

async function findOutages(pool: Pool): Promise<Map<string, HandlerView['outage']>> {
  const { rows } = await pool.query<{ subscription: string; outage_since: Date; next_probe_at: Date }>(
    'SELECT subscription, outage_since, next_probe_at FROM handler_states',
  )
  return new Map(
    rows.map((row) => [
      row.subscription,
      { since: row.outage_since.toISOString(), nextProbeAt: row.next_probe_at.toISOString() },
    ]),
  )
}

const NOTHING: Queue = { waiting: 0, retrying: 0, oldestDueAt: null, running: 0, dead: 0 }

function toView(
  { subscription: { name, kind, message, concurrency, rateLimit, alwaysRuns } }: Registered,
  settings: Awaited<ReturnType<HandlerSettingsStore['findAll']>>,
  queues: Queues,
): Omit<HandlerView, 'outage'> {
  const set = alwaysRuns === null ? settings.get(name) : undefined
  const queue = queues.get(name) ?? NOTHING
  const isCut = queue.waiting > MAX_WAITING
  return {
    subscription: name,
    kind,
    message: { name: message.name, kind: message.kind },
    isPaused: set?.isPaused ?? false,
    alwaysRuns,
    concurrency: { declared: concurrency, set: set?.concurrency ?? null },
    rateLimit: { declared: rateLimit, set: set?.rateLimit ?? null },
    waiting: { count: Math.min(queue.waiting, MAX_WAITING), isMore: isCut },
    retrying: { count: queue.retrying, isMore: isCut },
    oldestDueAt: queue.oldestDueAt?.toISOString() ?? null,
    running: amongAll(queue.running, queues, (each) => each.running),
    dead: amongAll(queue.dead, queues, (each) => each.dead),
  }
}

/** Where the limit was reached, each handler may have more than was counted. */
function amongAll(count: number, queues: Queues, numberOf: (queue: Queue) => number): BoundedCount {
  const total = [...queues.values()].reduce((sum, each) => sum + numberOf(each), 0)
  return { count, isMore: total >= MAX_OTHERS }
}
