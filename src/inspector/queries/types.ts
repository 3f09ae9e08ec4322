import type { Pool } from 'pg'
import type { Clock, MessageDefinition, Registry } from '../../bus/index.ts'
import { type Counted, percentilesOf } from '../model/histogram.ts'
import { pointsOf, type Range, rangeOf } from '../model/range.ts'
import type { SenderView, TypeDetail, TypeHandlerView, TypeRow } from '../model/types/type-view.ts'
import { describeBody, toVersion } from './contract.ts'
import { boundsOf, findSeries, hasGap } from './series.ts'
import { shared } from './shared.ts'

/** Whoever looks within this time is shown the same. */
const HOLD_MS = 1_000

const SENT = {
  name: 'read-types-sent',
  text: `
    SELECT name, version, sender, floor((extract(epoch FROM at) - $4::float8) / $5::int)::int AS point,
           sum(count)::int AS count
    FROM message_counts WHERE span_s = $1 AND at >= $2::timestamptz AND at < $3::timestamptz
    GROUP BY 1, 2, 3, 4`,
}

const HANDLED = {
  name: 'read-types-handled',
  text: `
    SELECT message, subscription, outcome, bucket, sum(count)::int AS count, max(longest_ms) AS longest_ms
    FROM attempt_counts WHERE span_s = $1 AND at >= $2::timestamptz AND at < $3::timestamptz
    GROUP BY 1, 2, 3, 4`,
}

export interface SentRow {
  name: string
  version: number
  /** A subscription, or empty for what came from outside. */
  sender: string
  point: number
  count: number
}

export interface HandledRow {
  message: string
  subscription: string
  outcome: 'succeeded' | 'skipped' | 'failed' | 'given-up'
  bucket: number
  count: number
  longest_ms: number
}

/** What went along the routes in a range of time, as it was rolled up. */
export interface Traffic {
  sent: Map<string, SentRow[]>
  handled: Map<string, HandledRow[]>
}

export async function findTraffic(pool: Pool, range: Range): Promise<Traffic> {
  const values = [range.spanS, ...boundsOf(range)]
  const [sent, handled] = await Promise.all([
    pool.query<SentRow>({ ...SENT, values: [...values, range.fromMs / 1_000, range.stepS] }),
    pool.query<HandledRow>({ ...HANDLED, values }),
  ])
  return {
    sent: Map.groupBy(sent.rows, (row) => row.name),
    handled: Map.groupBy(handled.rows, (row) => row.message),
  }
}

export interface TypeQueries {
  types(range: string): Promise<TypeRow[]>
  type(of: { name: string; range: string }): Promise<TypeDetail | null>
}

/** Every type of message of this build, with what the rolled-up tables know of it. */
export function createTypeQueries(parts: { pool: Pool; registry: Registry; clock: Clock }): TypeQueries {
  const { pool, registry, clock } = parts
  const now = () => clock.now().getTime()
  const trafficIn = shared(clock, HOLD_MS, (range: string) => findTraffic(pool, rangeOf(range, now())))
  const rowOf = (name: string, traffic: Traffic, range: Range) => toRow(registry, name, traffic, pointsOf(range).length)
  return {
    types: async (range) => {
      const traffic = await trafficIn(range)
      return namesOf(registry).map((name) => rowOf(name, traffic, rangeOf(range, now())))
    },
    type: shared(clock, HOLD_MS, async ({ name, range: asked }: { name: string; range: string }) => {
      const versions = versionsOf(registry, name)
      if (versions.length === 0) return null
      const range = rangeOf(asked, now())
      const [traffic, series, isIncomplete] = await Promise.all([
        trafficIn(asked),
        findSeries(pool, range, { message: name }),
        hasGap(pool, range),
      ])
      return { ...rowOf(name, traffic, range), ...toDetail(registry, versions, traffic), series, isIncomplete }
    }),
  }
}

function namesOf({ definitions }: Registry): string[] {
  return [...new Set(definitions.map((each) => each.name))].sort()
}

/** The newest first. */
function versionsOf({ definitions }: Registry, name: string): MessageDefinition[] {
  return definitions.filter((each) => each.name === name).sort((a, b) => b.version - a.version)
}

function toRow(registry: Registry, name: string, { sent, handled }: Traffic, points: number): TypeRow {
  const versions = versionsOf(registry, name)
  const trend = Array.from({ length: points }, () => 0)
  for (const { point, count } of sent.get(name) ?? []) trend[point] = (trend[point] ?? 0) + count
  const { errorShare, percentiles } = healthOf(handled.get(name) ?? [])
  return {
    name,
    kind: versions[0]!.kind,
    owner: versions[0]!.owner,
    versions: versions.map((each) => each.version),
    handlers: registry.byMessage.get(name)?.length ?? 0,
    sent: sumOf(sent.get(name) ?? []),
    trend,
    errorShare,
    percentiles,
  }
}

type Rest = Pick<TypeDetail, 'contract' | 'reply' | 'senders' | 'recurring' | 'receivers'>

function toDetail(registry: Registry, versions: readonly MessageDefinition[], { sent, handled }: Traffic): Rest {
  const newest = versions[0]!
  const sentRows = sent.get(newest.name) ?? []
  return {
    contract: versions.map((each) => toVersion(each, sumOf(sentRows.filter((row) => row.version === each.version)))),
    reply: newest.kind === 'command' ? describeBody(newest.reply).fields : null,
    senders: sendersOf(registry, sentRows),
    recurring: registry.recurring.filter((each) => each.message.name === newest.name).map((each) => each.name),
    receivers: receiversOf(registry, newest.name, handled.get(newest.name) ?? []),
  }
}

function sendersOf(registry: Registry, rows: readonly SentRow[]): SenderView[] {
  return [...Map.groupBy(rows, (row) => row.sender)]
    .map(([sender, own]) => ({
      subscription: sender === '' ? null : sender,
      count: sumOf(own),
      isKnown: sender === '' || registry.subscriptions.has(sender),
    }))
    .sort((a, b) => b.count - a.count)
}

/** Those that are registered, in their order; then those that only the history knows. */
function receiversOf(registry: Registry, name: string, rows: readonly HandledRow[]): TypeHandlerView[] {
  const known = (registry.byMessage.get(name) ?? []).map((each) => each.subscription)
  const bySubscription = Map.groupBy(rows, (row) => row.subscription)
  const gone = [...bySubscription.keys()].filter((each) => !known.some((subscription) => subscription.name === each))
  const toView = (subscription: string, kind: TypeHandlerView['kind'], isKnown: boolean) => ({
    ...{ subscription, kind, isKnown },
    ...healthOf(bySubscription.get(subscription) ?? []),
  })
  return [
    ...known.map((each) => toView(each.name, each.kind, true)),
    ...gone.map((each) => toView(each, 'transactional', false)),
  ]
}

function healthOf(rows: readonly HandledRow[]) {
  const tried = rows.filter((row) => row.outcome !== 'skipped')
  const attempts = sumOf(tried)
  const failed = sumOf(tried.filter((row) => row.outcome !== 'succeeded'))
  const durations = rows.map(({ bucket, count }): Counted => [bucket, count])
  return {
    attempts,
    errorShare: attempts === 0 ? 0 : failed / attempts,
    percentiles: percentilesOf(durations, Math.max(0, ...rows.map((row) => row.longest_ms))),
  }
}

function sumOf(rows: readonly { count: number }[]): number {
  return rows.reduce((sum, row) => sum + row.count, 0)
}
