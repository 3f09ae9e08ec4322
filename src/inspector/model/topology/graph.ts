import { handlerId, moduleOf, type Route, type RouteStatus, recurringId, type Topology, typeId } from './topology.ts'

export type NodeKind = 'command' | 'event' | 'handler' | 'recurring' | 'module'

/** What is drawn of a node whatever happens; what changes while one looks is in {@link NodeState}. */
export interface GraphNode {
  id: string
  kind: NodeKind
  name: string
  isKnown: boolean
}

export interface GraphEdge {
  id: string
  from: string
  to: string
  status: RouteStatus
  count: number
}

export interface Graph {
  nodes: GraphNode[]
  edges: GraphEdge[]
}

export interface View {
  /** Modules that are one node each. */
  folded: ReadonlySet<string>
  /** Id of the node whose surroundings are shown; null is everything. */
  focus: string | null
  /** How many steps away from the focus. */
  depth: number
  /** Of everything: what something went along in the time one looks at; what is near a focus is always shown whole. */
  isSeenOnly: boolean
}

/** The part of the topology that one wants to see. */
export function graphOf(topology: Topology, view: View): Graph {
  const folded = withoutModuleOf(view.focus, view.folded)
  const whole = fold({ nodes: nodesOf(topology), edges: topology.routes.map(toEdge) }, folded)
  if (view.focus === null || !whole.nodes.some((each) => each.id === view.focus))
    return view.isSeenOnly ? seenOf(whole) : whole
  const near = reach(whole.edges, view.focus, view.depth)
  return {
    nodes: whole.nodes.filter((each) => near.has(each.id)),
    edges: whole.edges.filter((each) => near.has(each.from) && near.has(each.to)),
  }
}

export function modulesOf({ types, handlers, recurring }: Topology): string[] {
  const names = [...types.map((each) => each.name), ...handlers.map((each) => each.name), ...recurring]
  return [...new Set(names.map(moduleOf))].sort()
}

/** The machinery, which is there in every application, and modules that only listen. */
export function foldedAtFirst(topology: Topology): string[] {
  const owners = new Set(topology.types.map((each) => moduleOf(each.name)))
  return modulesOf(topology).filter((each) => MACHINERY.includes(each) || !owners.has(each))
}

const MACHINERY: readonly string[] = ['bus', 'inspector']

/** Whether anything went along any route. */
export function isAnythingSeen({ routes }: Topology): boolean {
  return routes.some(wasSeen)
}

function wasSeen({ status }: Pick<Route, 'status'>): boolean {
  return status !== 'declared'
}

function seenOf({ nodes, edges }: Graph): Graph {
  const seen = edges.filter(wasSeen)
  const ends = new Set(seen.flatMap((each) => [each.from, each.to]))
  return { nodes: nodes.filter((each) => ends.has(each.id)), edges: seen }
}

function nodesOf({ types, handlers, recurring }: Topology): GraphNode[] {
  return [
    ...types.map(({ name, kind, isKnown }) => ({ id: typeId(name), kind, name, isKnown })),
    ...handlers.map(({ name, isKnown }) => ({ id: handlerId(name), kind: 'handler' as const, name, isKnown })),
    ...recurring.map((name) => ({ id: recurringId(name), kind: 'recurring' as const, name, isKnown: true })),
  ]
}

function toEdge({ from, to, status, count }: Route): GraphEdge {
  return { id: `${from} ${to}`, from, to, status, count }
}

/** What is looked at is never hidden in a module. */
function withoutModuleOf(focus: string | null, folded: ReadonlySet<string>): ReadonlySet<string> {
  if (focus === null || focus.startsWith('m:')) return folded
  const own = moduleOf(focus.slice(2))
  return new Set([...folded].filter((each) => each !== own))
}

function fold({ nodes, edges }: Graph, folded: ReadonlySet<string>): Graph {
  const placeOf = (id: string) => {
    const module = moduleOf(id.slice(2))
    return folded.has(module) ? `m:${module}` : id
  }
  const there = [...new Set(nodes.map((each) => moduleOf(each.name)))].filter((each) => folded.has(each))
  const modules = there.map((name): GraphNode => ({ id: `m:${name}`, kind: 'module', name, isKnown: true }))
  const moved = edges.map((each) => ({ ...each, from: placeOf(each.from), to: placeOf(each.to) }))
  const between = Map.groupBy(
    moved.filter((each) => each.from !== each.to),
    (each) => `${each.from} ${each.to}`,
  )
  return {
    nodes: [...nodes.filter((each) => !folded.has(moduleOf(each.name))), ...modules],
    edges: [...between].map(([id, each]) => merge(id, each)),
  }
}

function merge(id: string, edges: readonly GraphEdge[]): GraphEdge {
  const { from, to } = edges[0]!
  const has = (status: RouteStatus) => edges.some((each) => each.status === status)
  const status = has('seen') ? 'seen' : has('undeclared') ? 'undeclared' : 'declared'
  return { id, from, to, status, count: edges.reduce((sum, each) => sum + each.count, 0) }
}

/** Ids within so many steps, along the edges and against them. */
function reach(edges: readonly GraphEdge[], from: string, depth: number): ReadonlySet<string> {
  const neighbours = Map.groupBy(
    edges.flatMap(({ from: a, to: b }) => [
      [a, b],
      [b, a],
    ]),
    ([end]) => end!,
  )
  const near = new Set([from])
  let rim = [from]
  for (let step = 0; step < depth && rim.length > 0; step += 1) {
    rim = rim.flatMap((id) => (neighbours.get(id) ?? []).map(([, other]) => other!)).filter((id) => !near.has(id))
    for (const id of rim) near.add(id)
  }
  return near
}
