/** What the overview tells: is anything wrong, and where. */
import type { Clearance, Watched } from './alerts.ts'
import type { DeadLetterGroup } from './dead-letters.ts'
import type { HandlerView } from './handler-view.ts'
import type { Percentiles } from './histogram.ts'
import type { OperationView } from './operation.ts'

/** One number, how it went in the last hour, and what it was an hour before. */
export interface Measure {
  value: number
  /** One point a minute, the newest last. */
  trend: number[]
  /** Null where nothing was measured then. */
  before: number | null
  /** The number ends at a limit: there are more. */
  isMore: boolean
}

export interface Cards {
  /** Messages a second. */
  messages: Measure
  /** Handlers of which an attempt failed in the last five minutes. */
  failing: Measure
  /** Milliseconds. */
  oldest: Measure
  retrying: Measure
  dead: Measure
}

/** Ends of attempts and their durations, point by point. */
export interface Series {
  /** Beginnings of the points, in seconds since 1970. */
  times: number[]
  stepS: number
  succeeded: number[]
  skipped: number[]
  failed: number[]
  givenUp: number[]
  p50: (number | null)[]
  p95: (number | null)[]
  p99: (number | null)[]
}

/** How one handler did in a range of time. */
export interface HandlerHealth {
  /** Attempts that ended. */
  attempts: number
  perSecond: number
  /** Of the attempts, those that failed; 0 to 1. */
  errorShare: number
  /** Of the attempts, those that failed and are tried again. */
  retryShare: number
  percentiles: Percentiles | null
  lastSuccessAt: string | null
  /** Attempts of each point, and those of them that failed. */
  trend: { all: number[]; bad: number[] }
}

export interface HandlerWithHealth extends HandlerView {
  health: HandlerHealth
}

export interface Forecast {
  /** Scheduled retries in each of the next sixty minutes. */
  minutes: number[]
  total: number
  isMore: boolean
  /** Handlers with the most of them. */
  worst: { subscription: string; count: number }[]
}

export interface Overview {
  at: string
  cards: Cards
  /** Who said last of a number that it is seen to. */
  clearances: Partial<Record<Watched, Clearance>>
  series: Series
  handlers: HandlerWithHealth[]
  groups: DeadLetterGroup[]
  operations: OperationView[]
  forecast: Forecast
  /** Of a part of the range not everything was counted. */
  isIncomplete: boolean
}

/** Errors of a handler that read the same but for their numbers and ids. */
export interface ErrorText {
  subscription: string
  /** The newest of them. */
  text: string
  count: number
  firstAt: string
  lastAt: string
  /** The delivery that failed with it last. */
  deliveryId: string
  messageId: string
}

export interface HandlerDetail {
  handler: HandlerWithHealth
  series: Series
  errors: ErrorText[]
  isIncomplete: boolean
}

/** The worst first: what is paused or dead or fails most, then what has waited longest, then what works hardest. */
export function byWorst(a: HandlerWithHealth, b: HandlerWithHealth): number {
  return (
    b.dead.count - a.dead.count ||
    b.health.errorShare - a.health.errorShare ||
    b.retrying.count - a.retrying.count ||
    waitOf(b) - waitOf(a) ||
    b.health.attempts - a.health.attempts ||
    a.subscription.localeCompare(b.subscription)
  )
}

/** Whether an operator should look at it. */
export function isUnwell({ dead, retrying, health, isPaused, outage }: HandlerWithHealth): boolean {
  return outage !== null || dead.count > 0 || retrying.count > 0 || health.errorShare > 0 || isPaused
}

function waitOf({ oldestDueAt }: HandlerView): number {
  return oldestDueAt === null ? 0 : FAR_OFF_MS - Date.parse(oldestDueAt)
}

/** The latest time there is. */
const FAR_OFF_MS = 8.64e15

/** `+12 %`, `−3`, `as an hour ago`: how a number moved against that of an hour before. */
export function changeWords({ value, before }: Measure, unit: 'share' | 'difference' | 'time'): string {
  if (before === null) return 'nothing to compare with yet'
  const difference = value - before
  if (Math.abs(difference) < 1e-9) return 'as an hour ago'
  const sign = difference > 0 ? '+' : '−'
  if (unit === 'time') return `${sign}${formatAge(Math.abs(difference))} in an hour`
  if (unit === 'difference' || before === 0) return `${sign}${formatRateOf(Math.abs(difference))} in an hour`
  const share = Math.round((Math.abs(difference) / before) * 100)
  return share === 0 ? 'as an hour ago' : `${sign}${share.toLocaleString('en')} % in an hour`
}

/** `0.3`, `12`, `1,204`: as many digits as tell something. */
export function formatRateOf(value: number): string {
  if (value === 0 || value >= 10) return Math.round(value).toLocaleString('en')
  return value.toLocaleString('en', { maximumFractionDigits: value < 0.1 ? 2 : 1 })
}

/** `12 s`, `3 min`, `2 h`, `4 d`. */
export function formatAge(ms: number): string {
  const seconds = ms / 1_000
  if (seconds < 1) return '0 s'
  if (seconds < 90) return `${Math.round(seconds)} s`
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`
  if (seconds < 129_600) return `${Math.round(seconds / 3_600)} h`
  return `${Math.round(seconds / 86_400)} d`
}
