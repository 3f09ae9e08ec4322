/** A stretch of time that charts show, and how finely. */
export const RANGES = ['15m', '1h', '6h', '24h', '7d'] as const

export type NamedRange = (typeof RANGES)[number]

export const DEFAULT_RANGE: NamedRange = '1h'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const LENGTHS: Record<NamedRange, number> = {
  '15m': 15 * MINUTE_MS,
  '1h': HOUR_MS,
  '6h': 6 * HOUR_MS,
  '24h': DAY_MS,
  '7d': 7 * DAY_MS,
}

export const RANGE_WORDS: Record<NamedRange, string> = {
  '15m': 'last 15 min',
  '1h': 'last hour',
  '6h': 'last 6 hours',
  '24h': 'last 24 hours',
  '7d': 'last 7 days',
}

export interface Range {
  fromMs: number
  toMs: number
  /** Length of the counted spans that are read, in seconds. */
  spanS: number
  /** Length of one point of a chart, in seconds: a multiple of the span. */
  stepS: number
}

const MOST_POINTS = 120
/** Of each length of span: up to how long a range reads it, and for how long it is kept. */
const SPANS = [
  { spanS: 60, longestMs: 3 * HOUR_MS, keptMs: DAY_MS },
  { spanS: 600, longestMs: 2 * DAY_MS, keptMs: 8 * DAY_MS },
  { spanS: 3_600, longestMs: Number.POSITIVE_INFINITY, keptMs: Number.POSITIVE_INFINITY },
] as const

/** Reads `1h`, or `<iso>..<iso>`; what cannot be read is the default. */
export function rangeOf(asked: string | null, nowMs: number): Range {
  const [fromMs, toMs] = boundsOf(asked, nowMs)
  const length = toMs - fromMs
  const { spanS } = SPANS.find((each) => length <= each.longestMs && nowMs - fromMs < each.keptMs) ?? SPANS[2]
  const stepS = spanS * Math.max(1, Math.ceil(length / 1_000 / spanS / MOST_POINTS))
  return { fromMs: floorTo(fromMs, stepS * 1_000), toMs, spanS, stepS }
}

const LONGEST = 100

/** The one that an address asks for. */
export function rangeIn(asked: string | string[] | null | undefined): string {
  return (typeof asked === 'string' && asked.length <= LONGEST && asked) || DEFAULT_RANGE
}

export function isNamedRange(asked: string | null): asked is NamedRange {
  return RANGES.some((each) => each === asked)
}

/** A range as it stands in an address. */
export function customRange(fromMs: number, toMs: number): string {
  return `${new Date(fromMs).toISOString()}..${new Date(toMs).toISOString()}`
}

/** The beginnings of the points of a chart, in milliseconds. */
export function pointsOf({ fromMs, toMs, stepS }: Range): number[] {
  const points: number[] = []
  for (let at = fromMs; at < toMs; at += stepS * 1_000) points.push(at)
  return points
}

function boundsOf(asked: string | null, nowMs: number): [fromMs: number, toMs: number] {
  if (isNamedRange(asked)) return [nowMs - LENGTHS[asked], nowMs]
  const [from, to] = (asked ?? '').split('..').map((each) => Date.parse(each))
  const isReadable = from !== undefined && to !== undefined && from < to && from > nowMs - 90 * DAY_MS
  return isReadable ? [from, Math.min(to, nowMs + DAY_MS)] : [nowMs - LENGTHS[DEFAULT_RANGE], nowMs]
}

function floorTo(ms: number, step: number): number {
  return Math.floor(ms / step) * step
}
