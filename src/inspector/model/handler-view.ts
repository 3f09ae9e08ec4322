/** A handler as operators see and set it. */

export interface RateView {
  count: number
  perMs: number
}

/** A number that was counted up to a limit only. */
export interface BoundedCount {
  count: number
  /** There are more than were counted. */
  isMore: boolean
}

export interface HandlerView {
  subscription: string
  kind: 'transactional' | 'effectful'
  message: { name: string; kind: 'command' | 'event' }
  isPaused: boolean
  /** Why it is neither paused nor limited; null where it may be. */
  alwaysRuns: string | null
  /** Deliveries at once on one node: what it declares, and what an operator set in its place. */
  concurrency: { declared: number; set: number | null }
  rateLimit: { declared: RateView | null; set: RateView | null }
  /** Set while it fails without end, and only one delivery at a time is tried. */
  outage: { since: string; nextProbeAt: string } | null
  /** Deliveries that wait to be tried, due or not. */
  waiting: BoundedCount
  /** Of those that wait, the ones that have failed before. */
  retrying: BoundedCount
  /** When the one that has waited longest was due; null where nothing is due. */
  oldestDueAt: string | null
  running: BoundedCount
  dead: BoundedCount
}

/** `10 a second`, `3 per 250 ms`: a rate in the longest unit that fits. */
export function formatRate({ count, perMs }: RateView): string {
  const unit = UNITS.find(([, ms]) => perMs === ms)
  return unit ? `${count} ${unit[0]}` : `${count} per ${perMs} ms`
}

const UNITS = [
  ['a second', 1_000],
  ['a minute', 60_000],
  ['an hour', 3_600_000],
  ['a day', 86_400_000],
] as const

export function formatCount({ count, isMore }: BoundedCount): string {
  return isMore ? `${count.toLocaleString('en')}+` : count.toLocaleString('en')
}
