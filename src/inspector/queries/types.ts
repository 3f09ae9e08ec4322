import type { Pool } from 'pg'
import type { Clock, MessageDefinition, Registry } from '../../bus/index.ts'
import { type Counted, percentilesOf } from '../model/histogram.ts'
import { pointsOf, type Range, rangeOf } from '../model/range.ts'
import type { Descriptions, SenderView, TypeDetail, TypeHandlerView, TypeRow } from '../model/types/type-view.ts'
import { describeBody, toVersion } from './contract.ts'
import { findSeries, hasGap } from './series.ts'
import { shared } from './shared.ts'
import type { HandledRow, SentRow, Traffic, TrafficIn } from './traffic.ts'

/** Whoever looks within this time is shown the same. */
const HOLD_MS = 1_000

export interface TypeQueries {
  descriptions(): Descriptions
  types(range: string): Promise<TypeRow[]>
  type(of: { name: string; range: string }): Promise<TypeDetail | null>
}

interface Parts {
  pool: Pool
  registry: Registry
  clock: Clock
  trafficIn: TrafficIn
}

/** Every type of message of this build, with what the rolled-up tables know of it. */
export function createTypeQueries({ pool, registry, clock, trafficIn }: Parts): TypeQueries {
  const now = () => clock.now().getTime()
  const rowOf = (name: string, traffic: Traffic, range: Range) => toRow(registry, name, traffic, pointsOf(range).length)
  return {
    descriptions: () => descriptionsOf(registry),
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

function descriptionsOf(registry: Registry): Descriptions {
  const described = namesOf(registry).map((name) => [name, versionsOf(registry, name)[0]!.description] as const)
  return Object.fromEntries(described.filter((each): each is [string, string] => each[1] !== null))
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
    description: versions[0]!.description,
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
