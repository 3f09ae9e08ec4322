import type { Pool } from 'pg'
import type { HandlerView } from '../model/handler-view.ts'
import type { Cards, Measure } from '../model/overview.ts'

const MINUTE_MS = 60_000
/** An hour to show, and the hour before to compare with. */
const MINUTES = 60
/** A handler counts as failing for so long after it failed. */
const FAILING_MINUTES = 5

const SENT = {
  name: 'read-messages-per-minute',
  text: `
    SELECT at, sum(count)::int AS count FROM message_counts
    WHERE span_s = 60 AND at >= $1::timestamptz GROUP BY at`,
}

const FAILING = {
  name: 'read-failing-per-minute',
  text: `
    SELECT DISTINCT at, subscription FROM attempt_counts
    WHERE span_s = 60 AND at >= $1::timestamptz AND outcome IN ('failed', 'given-up')`,
}

const SAMPLES = {
  name: 'read-queue-samples',
  text: 'SELECT at, oldest_ms, retrying, dead FROM queue_samples WHERE at >= $1::timestamptz ORDER BY at',
}

interface Sample {
  at: Date
  oldest_ms: number
  retrying: number
  dead: number
}

/** The five numbers at the top, as of now, with the hour before them. */
export async function findCards(pool: Pool, handlers: readonly HandlerView[], nowMs: number): Promise<Cards> {
  const minute = Math.floor(nowMs / MINUTE_MS)
  const values = [new Date((minute - 2 * MINUTES - FAILING_MINUTES) * MINUTE_MS).toISOString()]
  const [sent, failing, samples] = await Promise.all([
    pool.query<{ at: Date; count: number }>({ ...SENT, values }),
    pool.query<{ at: Date; subscription: string }>({ ...FAILING, values }),
    pool.query<Sample>({ ...SAMPLES, values }),
  ])
  const sumOf = (numberOf: (handler: HandlerView) => { count: number; isMore: boolean }) => ({
    value: handlers.reduce((sum, each) => sum + numberOf(each).count, 0),
    isMore: handlers.some((each) => numberOf(each).isMore),
  })
  const oldest = Math.min(...handlers.map((each) => (each.oldestDueAt ? Date.parse(each.oldestDueAt) : nowMs)))
  return {
    messages: rateOf(sent.rows, nowMs),
    failing: failingOf(failing.rows, minute),
    oldest: sampled(samples.rows, minute, (each) => each.oldest_ms, {
      value: Math.max(0, nowMs - oldest),
      isMore: false,
    }),
    retrying: sampled(
      samples.rows,
      minute,
      (each) => each.retrying,
      sumOf((each) => each.retrying),
    ),
    dead: sampled(
      samples.rows,
      minute,
      (each) => each.dead,
      sumOf((each) => each.dead),
    ),
  }
}

function rateOf(rows: readonly { at: Date; count: number }[], nowMs: number): Measure {
  const counts = new Map(rows.map(({ at, count }) => [minuteOf(at), count]))
  const minute = Math.floor(nowMs / MINUTE_MS)
  const of = (each: number) => counts.get(each) ?? 0
  const hour = (last: number) => lastMinutes(last).reduce((sum, each) => sum + of(each), 0) / MINUTES / 60
  return {
    // This minute has hardly begun: with the last one it tells more.
    value: (of(minute) + of(minute - 1)) / (60 + (nowMs % MINUTE_MS) / 1_000),
    trend: lastMinutes(minute).map((each) => of(each) / 60),
    before: counts.size === 0 ? null : hour(minute - MINUTES),
    isMore: false,
  }
}

function failingOf(rows: readonly { at: Date; subscription: string }[], minute: number): Measure {
  const within = (last: number) => {
    const names = rows.filter(({ at }) => minuteOf(at) <= last && minuteOf(at) > last - FAILING_MINUTES)
    return new Set(names.map((each) => each.subscription)).size
  }
  const trend = lastMinutes(minute).map(within)
  return { value: within(minute), trend, before: within(minute - MINUTES), isMore: false }
}

function sampled(
  samples: readonly Sample[],
  minute: number,
  numberOf: (sample: Sample) => number,
  now: { value: number; isMore: boolean },
): Measure {
  const numbers = new Map(samples.map((each) => [minuteOf(each.at), numberOf(each)]))
  const trend = lastMinutes(minute).map((each) => numbers.get(each) ?? 0)
  // A minute may have passed without a leader to sample it.
  const before = numbers.get(minute - MINUTES) ?? numbers.get(minute - MINUTES - 1) ?? null
  return { ...now, trend: [...trend.slice(0, -1), now.value], before }
}

function minuteOf(at: Date): number {
  return Math.floor(at.getTime() / MINUTE_MS)
}

function lastMinutes(last: number): number[] {
  return Array.from({ length: MINUTES }, (_, index) => last - MINUTES + 1 + index)
}
