import type { Pool } from 'pg'
import type { Clock, HandlerSettingsStore, Registered, Registry } from '../../bus/index.ts'
import type { BoundedCount, HandlerView } from '../model/handler-view.ts'

/** A handler's waiting deliveries are counted up to this. */
const MAX_WAITING = 1_000
/** Of all handlers together, the newest first. */
const MAX_OTHERS = 5_000
/** However many look: the counts are made once in this time. */
const COUNTS_HOLD_MS = 1_000

/** Both halves of the queue have an index that holds nothing but what is unsettled. */
const WAITING = {
  name: 'count-waiting',
  text: `
    SELECT known.subscription, (
      SELECT count(*) FROM (
        (SELECT 1 FROM deliveries WHERE subscription = known.subscription AND state IN ('pending', 'retrying')
           AND ordering_key IS NULL AND parked_reason IS NULL LIMIT $2)
        UNION ALL
        (SELECT 1 FROM deliveries WHERE subscription = known.subscription AND state IN ('pending', 'retrying')
           AND ordering_key IS NOT NULL AND parked_reason IS NULL LIMIT $2)
        LIMIT $2
      ) AS waiting
    )::int AS count
    FROM unnest($1::text[]) AS known (subscription)`,
}

const RUNNING = {
  name: 'count-running',
  text: `
    SELECT subscription, count(*)::int AS count
    FROM (SELECT subscription FROM deliveries WHERE state = 'running' ORDER BY lease_until DESC LIMIT $1) AS newest
    GROUP BY subscription`,
}

const DEAD = {
  name: 'count-dead-of-handlers',
  text: `
    SELECT subscription, count(*)::int AS count
    FROM (SELECT subscription FROM deliveries WHERE state = 'dead' ORDER BY settled_at DESC LIMIT $1) AS newest
    GROUP BY subscription`,
}

interface Parts {
  pool: Pool
  registry: Registry
  handlerSettings: HandlerSettingsStore
  clock: Clock
}

interface Counts {
  waiting: (subscription: string) => BoundedCount
  running: (subscription: string) => BoundedCount
  dead: (subscription: string) => BoundedCount
}

/** Every handler of this build, in order of registration. What is set is read anew each time, so that one sees it. */
export function createHandlersQuery({ pool, registry, handlerSettings, clock }: Parts): () => Promise<HandlerView[]> {
  let counts: { until: number; read: Promise<Counts> } | undefined
  const readCounts = () => {
    const now = clock.now().getTime()
    if (!counts || counts.until <= now) {
      counts = { until: now + COUNTS_HOLD_MS, read: count(pool, [...registry.subscriptions.keys()]) }
      counts.read.catch(() => {
        counts = undefined
      })
    }
    return counts.read
  }
  return async () => {
    const [settings, counted] = await Promise.all([handlerSettings.findAll(), readCounts()])
    return [...registry.subscriptions.values()].map((each) => toView(each, settings, counted))
  }
}

function toView(
  { subscription: { name, kind, message, concurrency, rateLimit } }: Registered,
  settings: Awaited<ReturnType<HandlerSettingsStore['findAll']>>,
  { waiting, running, dead }: Counts,
): HandlerView {
  const set = settings.get(name)
  return {
    subscription: name,
    kind,
    message: { name: message.name, kind: message.kind },
    isPaused: set?.isPaused ?? false,
    isProtected: name.startsWith('inspector.'),
    concurrency: { declared: concurrency, set: set?.concurrency ?? null },
    rateLimit: { declared: rateLimit, set: set?.rateLimit ?? null },
    waiting: waiting(name),
    running: running(name),
    dead: dead(name),
  }
}

async function count(pool: Pool, subscriptions: readonly string[]): Promise<Counts> {
  const [waiting, running, dead] = await Promise.all([
    pool.query<CountRow>({ ...WAITING, values: [subscriptions, MAX_WAITING + 1] }),
    pool.query<CountRow>({ ...RUNNING, values: [MAX_OTHERS] }),
    pool.query<CountRow>({ ...DEAD, values: [MAX_OTHERS] }),
  ])
  const ofEach = byName(waiting.rows)
  return {
    waiting: (name) => {
      const found = ofEach.get(name) ?? 0
      return { count: Math.min(found, MAX_WAITING), isMore: found > MAX_WAITING }
    },
    running: amongAll(running.rows),
    dead: amongAll(dead.rows),
  }
}

interface CountRow {
  subscription: string
  count: number
}

function byName(rows: readonly CountRow[]): Map<string, number> {
  return new Map(rows.map((row) => [row.subscription, row.count]))
}

/** Where the limit was reached, each handler may have more than was counted. */
function amongAll(rows: readonly CountRow[]): (name: string) => BoundedCount {
  const counts = byName(rows)
  const isMore = rows.reduce((sum, row) => sum + row.count, 0) >= MAX_OTHERS
  return (name) => ({ count: counts.get(name) ?? 0, isMore })
}
