/** Who sends what to whom: as the build declares it, and as it was seen to happen. */

export interface TypeNode {
  name: string
  kind: 'command' | 'event'
  /** Sent in the range. */
  sent: number
  /** Of these, those that came from outside the bus: requests of the application, and recurring jobs. */
  fromOutside: number
  /** False where only the history knows it. */
  isKnown: boolean
}

export interface HandlerNode {
  name: string
  /** Attempts that ended in the range. */
  attempts: number
  dead: number
  retrying: number
  isPaused: boolean
  isKnown: boolean
}

/**
 * - `seen`: declared, and messages went along it in the range;
 * - `declared`: it could be used, and was not;
 * - `undeclared`: messages went along it, and this build declares no such thing (any more).
 *
 * What handlers send is declared by nobody: such a route is `seen` as long as both of its ends are in the build.
 */
export type RouteStatus = 'seen' | 'declared' | 'undeclared'

export interface Route {
  /** Ids of nodes: `t:` and the name of a type, `h:` and that of a handler, `r:` and that of a recurring job. */
  from: string
  to: string
  count: number
  status: RouteStatus
}

export interface Topology {
  types: TypeNode[]
  handlers: HandlerNode[]
  /** Jobs that send by the clock. */
  recurring: string[]
  routes: Route[]
  isIncomplete: boolean
}

export const typeId = (name: string) => `t:${name}`
export const handlerId = (name: string) => `h:${name}`
export const recurringId = (name: string) => `r:${name}`

/** The part of a name before the dot: who owns a type, whom a handler belongs to. */
export function moduleOf(name: string): string {
  return name.slice(0, name.indexOf('.'))
}

export const STATUS_WORDS: Record<RouteStatus, string> = {
  seen: 'seen',
  declared: 'declared, not seen',
  undeclared: 'seen, not declared',
}
