import type { DeliveryState } from '../../bus/message.ts'
import type { DeliveryView, LaneView, MessageRow } from './view.ts'

/** Milliseconds as people read them. */
export function formatMs(ms: number): string {
  if (ms < 0) return `clock skew ${Math.round(ms)} ms`
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`
  if (ms < 3_600_000) return inTwo(ms, [60_000, 'min'], [1_000, 's'])
  if (ms < 172_800_000) return inTwo(ms, [3_600_000, 'h'], [60_000, 'min'])
  return inTwo(ms, [86_400_000, 'd'], [3_600_000, 'h'])
}

/** How long after the row before: `+12 ms`; where rows are sorted by something else, also `−12 ms`. */
export function formatDelta(ms: number): string {
  return `${ms < 0 ? '−' : '+'}${formatMs(Math.abs(ms))}`
}

function inTwo(ms: number, [large, largeUnit]: [number, string], [small, smallUnit]: [number, string]): string {
  const units = Math.round(ms / small)
  const rest = units % (large / small)
  return `${Math.floor((units * small) / large)} ${largeUnit}${rest > 0 ? ` ${rest} ${smallUnit}` : ''}`
}

/** Whether a delivery is not due yet: a time-out, a message for later. Until then nobody waits for it. */
export function isScheduled({ state, dueAt }: Pick<DeliveryView, 'state' | 'dueAt'>, now: number): boolean {
  return state === 'pending' && Date.parse(dueAt) > now
}

/** Milliseconds from a message to the settlement of its last delivery, or null while one is open. */
export function totalMs({ occurredAt, deliveries }: Pick<MessageRow, 'occurredAt' | 'deliveries'>): number | null {
  const handled = deliveries.filter((each) => each.state !== 'skipped')
  if (handled.length === 0 || handled.some((each) => each.settledAt === null)) return null
  return Math.max(...handled.map((each) => Date.parse(each.settledAt!))) - Date.parse(occurredAt)
}

/** The delivery that a settled message took so long for: how long it waited for its last attempt, and what that took. */
export function slowestOf({ occurredAt, deliveries }: Pick<MessageRow, 'occurredAt' | 'deliveries'>) {
  const settled = deliveries.flatMap(({ subscription, startedAt, settledAt, state }) =>
    startedAt && settledAt && state !== 'skipped' ? [{ subscription, startedAt, settledAt }] : [],
  )
  const [slowest] = settled.sort((a, b) => Date.parse(b.settledAt) - Date.parse(a.settledAt))
  if (!slowest) return null
  const { subscription, startedAt, settledAt } = slowest
  const started = Date.parse(startedAt)
  return { subscription, waitedMs: started - Date.parse(occurredAt), tookMs: Date.parse(settledAt) - started }
}

const LONGEST_MS = 100_000
/** Between 1 ms and less than this there would be nothing to tell apart. */
const SHORTEST_SCALE_MS = 10

/** A duration as a share of a scale on which the same length is always the same factor: from 1 ms to `longestMs`. */
export function onLogScale(ms: number, longestMs = LONGEST_MS): number {
  return Math.min(1, Math.log10(Math.max(1, ms)) / Math.log10(Math.max(SHORTEST_SCALE_MS, longestMs)))
}

/** Where a bar begins and how long it is, as shares of an axis. */
export interface Bar {
  from: number
  length: number
}

/** The waiting and the handling of a delivery on an axis that begins at `start` and lasts `spanMs`. */
export function barsOf(
  delivery: Pick<DeliveryView, 'startedAt' | 'settledAt'>,
  occurredAt: string,
  axis: { start: number; spanMs: number; now: number },
): { waiting: Bar; handling: Bar | null } {
  const share = (time: number) => Math.min(1, Math.max(0, (time - axis.start) / axis.spanMs))
  const sent = share(Date.parse(occurredAt))
  if (!delivery.startedAt) {
    const until = delivery.settledAt ? Date.parse(delivery.settledAt) : axis.now
    return { waiting: { from: sent, length: share(until) - sent }, handling: null }
  }
  const started = share(Date.parse(delivery.startedAt))
  const ended = share(delivery.settledAt ? Date.parse(delivery.settledAt) : axis.now)
  return {
    waiting: { from: sent, length: Math.max(0, started - sent) },
    handling: { from: started, length: Math.max(0.004, ended - started) },
  }
}

/** A stretch of an axis in which an attempt was made, and how it ended. */
export interface Segment extends Bar {
  state: DeliveryState
}

/** Each attempt of a delivery as a stretch of the axis; the gaps between them are the waiting. */
export function segmentsOf(
  lane: Pick<LaneView, 'state' | 'startedAt' | 'settledAt' | 'attempts'>,
  axis: { start: number; spanMs: number; now: number },
): Segment[] {
  const stretch = (from: number, to: number): Bar => {
    const [begin, end] = [from, to].map((time) => Math.min(1, Math.max(0, (time - axis.start) / axis.spanMs)))
    return { from: begin!, length: end! - begin! }
  }
  const ended = lane.attempts.map(
    ({ outcome, startedAt, finishedAt }): Segment => ({
      ...stretch(Date.parse(startedAt), Date.parse(finishedAt)),
      state: outcome === 'succeeded' ? 'succeeded' : 'dead',
    }),
  )
  if (lane.state !== 'running' || !lane.startedAt) return ended
  return [...ended, { ...stretch(Date.parse(lane.startedAt), axis.now), state: 'running' }]
}

/** The axis on which everything in the given messages fits. */
export function axisOf(messages: readonly Pick<MessageRow, 'occurredAt' | 'deliveries'>[], now: number) {
  const start = Math.min(...messages.map((each) => Date.parse(each.occurredAt)))
  const deliveries = messages.flatMap((each) => each.deliveries).filter((each) => each.state !== 'skipped')
  const isOpen = deliveries.some((each) => each.settledAt === null && !isScheduled(each, now))
  const ends = [...deliveries.flatMap((each) => (each.settledAt ? [Date.parse(each.settledAt)] : [])), start + 1]
  const end = Math.max(...ends, ...(isOpen ? [now] : []))
  return { start, spanMs: Math.max(1, end - start), now }
}
