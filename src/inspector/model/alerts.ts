/** What the numbers of the last hour have to say to somebody who was not looking. */
import type { Cards } from './overview.ts'

/**
 * - `raised`: above the first limit: somebody should look;
 * - `elevated`: above the second: at once;
 * - `reduced`: it was elevated, and is above the first limit still;
 * - `resolved`: it was above its limit a while ago, and is not any more;
 * - `cleared`: it is above its limit, and somebody has said that it is seen to.
 */
export type AlertState = 'raised' | 'elevated' | 'reduced' | 'resolved' | 'cleared'

/** From where on somebody should look, and from where on at once. */
export type Limits = readonly [look: number, hurry: number]

/** 0: nothing, 1: somebody should look, 2: at once. */
export type AlertLevel = 0 | 1 | 2

/** What stands at its limit would come and go: it falls only well below it. */
const FALLS_BELOW = 0.8

/** The level after `before`, now that the number is so high. */
export function levelAfter(before: AlertLevel, value: number, [look, hurry]: Limits): AlertLevel {
  const isAbove = (limit: number, level: AlertLevel) => value >= (before >= level ? limit * FALLS_BELOW : limit)
  return isAbove(hurry, 2) ? 2 : isAbove(look, 1) ? 1 : 0
}

/** What a level means, where `peak` is the highest since the alert was raised. */
export function alertState(level: AlertLevel, peak: AlertLevel): AlertState {
  if (level === 0) return 'resolved'
  return level === 2 ? 'elevated' : peak === 2 ? 'reduced' : 'raised'
}

/** What somebody has said of an alert. */
export interface Clearance {
  at: string
  /** Name of who said so; null where they are gone. */
  by: string | null
  /** How urgent it was then. */
  level: AlertLevel
}

/** Whether an alert is seen to: said since it was raised, and of nothing less urgent. */
export function isCleared(level: AlertLevel, raisedAt: number, clearance: Clearance | null): boolean {
  return clearance !== null && level > 0 && level <= clearance.level && Date.parse(clearance.at) >= raisedAt
}

export interface Alert {
  what: Watched
  state: AlertState
  level: AlertLevel
  /** Where it is cleared. */
  clearance: Clearance | null
  /** Minutes since it was raised, or since it was resolved; with `isLonger` at least so many. */
  minutes: number
  isLonger: boolean
  value: number
}

export const LIMITS = {
  failing: [1, 3],
  oldest: [60_000, 600_000],
  retrying: [10, 100],
  dead: [1, 50],
} as const satisfies Partial<Record<keyof Cards, Limits>>

export type Watched = keyof typeof LIMITS
export const WATCHED = Object.keys(LIMITS) as [Watched, ...Watched[]]

/** What was resolved is shown for so long. */
const REMEMBERED_MINUTES = 15
const MINUTE_MS = 60_000

interface Known {
  cards: Cards
  /** When the numbers were read. */
  at: string
  clearances: Partial<Record<Watched, Clearance>>
}

/** Read from one point a minute: what came and went between two of them nobody noticed. */
export function alertsOf({ cards, at, clearances }: Known): Alert[] {
  return WATCHED.flatMap((what): Alert[] => {
    const { trend, value } = cards[what]
    const levels: AlertLevel[] = []
    for (const each of [...trend.slice(0, -1), value]) levels.push(levelAfter(levels.at(-1) ?? 0, each, LIMITS[what]))
    const level = levels.at(-1) ?? 0
    const found = stateOf(levels)
    if (!found) return []
    const clearance = clearances[what] ?? null
    // Points are of whole minutes: it was raised within the first of them.
    const raisedAt = found.isLonger ? 0 : (Math.floor(Date.parse(at) / MINUTE_MS) - found.minutes) * MINUTE_MS
    return isCleared(level, raisedAt, clearance)
      ? [{ what, value, level, ...found, state: 'cleared', clearance }]
      : [{ what, value, level, ...found, clearance: null }]
  })
}

function stateOf(levels: readonly AlertLevel[]): Pick<Alert, 'state' | 'minutes' | 'isLonger'> | null {
  const now = levels.at(-1) ?? 0
  if (now === 0) {
    const minutes = levels.length - 1 - levels.findLastIndex((each) => each > 0)
    const isRecent = minutes < levels.length && minutes <= REMEMBERED_MINUTES
    return isRecent ? { state: 'resolved', minutes, isLonger: false } : null
  }
  const begin = levels.lastIndexOf(0) + 1
  const run = levels.slice(begin)
  const peak = run.includes(2) ? 2 : 1
  return { state: alertState(now, peak), minutes: run.length - 1, isLonger: begin === 0 }
}
