import type { Pool } from 'pg'
import type { Clock, RecurringState, RecurringStore, Registry } from '../../bus/index.ts'
import type { HandlerView } from '../model/handler-view.ts'
import { rangeOf } from '../model/range.ts'
import {
  type HandlerNode,
  handlerId,
  type Route,
  recurringId,
  type Topology,
  type TypeNode,
  typeId,
} from '../model/topology/topology.ts'
import { hasGap } from './series.ts'
import { shared } from './shared.ts'
import type { Traffic, TrafficIn } from './traffic.ts'

/** Whoever looks within this time is shown the same. */
const HOLD_MS = 1_000

interface Parts {
  pool: Pool
  registry: Registry
  clock: Clock
  recurring: RecurringStore
  trafficIn: TrafficIn
  handlersIn(range: string): Promise<HandlerView[]>
}

/** Puts together what the build declares and what was counted. */
export function createTopologyQuery(parts: Parts): (range: string) => Promise<Topology> {
  const { pool, registry, clock, trafficIn, handlersIn } = parts
  const now = () => clock.now().getTime()
  return shared(clock, HOLD_MS, async (range: string) => {
    const { fromMs } = rangeOf(range, now())
    const [traffic, views, jobs, isIncomplete] = await Promise.all([
      trafficIn(range),
      handlersIn(range),
      parts.recurring.findAll(),
      hasGap(pool, rangeOf(range, now())),
    ])
    return {
      types: typesOf(registry, traffic),
      handlers: handlersOf(registry, traffic, views),
      recurring: registry.recurring.map((each) => each.name),
      routes: [
        ...handlingRoutes(registry, traffic),
        ...sendingRoutes(registry, traffic),
        ...recurringRoutes(registry, jobs, fromMs),
      ],
      isIncomplete,
    }
  })
}

function typesOf(registry: Registry, { sent, handled }: Traffic): TypeNode[] {
  const known = new Map(registry.definitions.map((each) => [each.name, each.kind]))
  return [...new Set([...known.keys(), ...sent.keys(), ...handled.keys()])].sort().map((name) => {
    const rows = sent.get(name) ?? []
    const fromOutside = sumOf(rows.filter((row) => row.sender === ''))
    // Of what is gone nothing tells the kind; most of what is renamed is an event.
    return { name, kind: known.get(name) ?? 'event', sent: sumOf(rows), fromOutside, isKnown: known.has(name) }
  })
}

function handlersOf(
  { subscriptions }: Registry,
  { sent, handled }: Traffic,
  views: readonly HandlerView[],
): HandlerNode[] {
  const viewOf = new Map(views.map((each) => [each.subscription, each]))
  const attempts = Map.groupBy([...handled.values()].flat(), (row) => row.subscription)
  const senders = [...sent.values()].flat().flatMap(({ sender }) => (sender === '' ? [] : [sender]))
  return [...new Set([...subscriptions.keys(), ...attempts.keys(), ...senders])].map((name) => ({
    name,
    attempts: sumOf((attempts.get(name) ?? []).filter((row) => row.outcome !== 'skipped')),
    dead: viewOf.get(name)?.dead.count ?? 0,
    retrying: viewOf.get(name)?.retrying.count ?? 0,
    isPaused: viewOf.get(name)?.isPaused ?? false,
    isKnown: subscriptions.has(name),
  }))
}

/** From a type to its handlers: those that are declared, then those that are seen only. */
function handlingRoutes({ subscriptions }: Registry, { handled }: Traffic): Route[] {
  const counts = new Map<string, number>()
  for (const { message, subscription, count } of [...handled.values()].flat()) {
    const route = `${message} ${subscription}`
    counts.set(route, (counts.get(route) ?? 0) + count)
  }
  const declared = [...subscriptions.values()].map(({ subscription: { name, message } }): Route => {
    const count = counts.get(`${message.name} ${name}`) ?? 0
    counts.delete(`${message.name} ${name}`)
    return { from: typeId(message.name), to: handlerId(name), count, status: count > 0 ? 'seen' : 'declared' }
  })
  const others = [...counts].map(([route, count]): Route => {
    const [message = '', subscription = ''] = route.split(' ')
    return { from: typeId(message), to: handlerId(subscription), count, status: 'undeclared' }
  })
  return [...declared, ...others]
}

/** From a handler to what it sent. No code declares that: it is learned from what happened. */
function sendingRoutes({ definitions, subscriptions }: Registry, { sent }: Traffic): Route[] {
  const known = new Set(definitions.map((each) => each.name))
  return [...sent].flatMap(([name, rows]) =>
    [...Map.groupBy(rows, (row) => row.sender)].flatMap(([sender, own]): Route[] => {
      if (sender === '') return []
      const status = known.has(name) && subscriptions.has(sender) ? 'seen' : 'undeclared'
      return [{ from: handlerId(sender), to: typeId(name), count: sumOf(own), status }]
    }),
  )
}

/** What a job sent counts as from outside; of the job itself it is known when it sent last. */
function recurringRoutes({ recurring }: Registry, jobs: ReadonlyMap<string, RecurringState>, fromMs: number): Route[] {
  return recurring.map(({ name, message }) => {
    const job = jobs.get(name)
    const isSeen = job !== undefined && job.lastMessageId !== null && job.lastDueAt.getTime() >= fromMs
    return { from: recurringId(name), to: typeId(message.name), count: 0, status: isSeen ? 'seen' : 'declared' }
  })
}

function sumOf(rows: readonly { count: number }[]): number {
  return rows.reduce((sum, row) => sum + row.count, 0)
}
