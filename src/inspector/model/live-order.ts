import type { NewestAt } from '../../web/taste.ts'
import { totalMs } from './durations.ts'
import type { LiveView } from './live-list.ts'
import type { MessageRow } from './view.ts'

/** By how long they took; rows that are not done yet come last. */
export const DURATION_ORDERS = ['slowest', 'fastest'] as const
export type DurationOrder = (typeof DURATION_ORDERS)[number]

/** What of a list a grid draws, in the order in which it draws it. */
export interface OrderedView {
  readonly length: number
  at(index: number): MessageRow | undefined
  indexOf(messageId: string): number
  /** The row before which messages are missing; past the last one where they are missing at the end. */
  readonly gapBefore: number | null
  /** The row sent just before the given one; undefined where there is none, where that is not known, or no matter. */
  sentBefore(index: number): MessageRow | undefined
  /** Where the newest row is; of rows that are not in the order of time, the first. */
  readonly newest: number
}

/** The newest first, or the newest last. */
export function byTime(view: LiveView, newestAt: NewestAt): OrderedView {
  const { length, gapBefore } = view
  if (newestAt === 'top') {
    return {
      length,
      at: (index) => view.at(index),
      indexOf: (messageId) => view.indexOf(messageId),
      gapBefore,
      sentBefore: (index) => (gapBefore === index + 1 ? undefined : view.at(index + 1)),
      newest: 0,
    }
  }
  const flip = (index: number) => (index < 0 ? -1 : length - 1 - index)
  const gap = gapBefore === null ? null : length - gapBefore
  return {
    length,
    at: (index) => view.at(flip(index)),
    indexOf: (messageId) => flip(view.indexOf(messageId)),
    gapBefore: gap,
    sentBefore: (index) => (index === 0 || gap === index ? undefined : view.at(flip(index - 1))),
    newest: length - 1,
  }
}

/** The ids of the rows in the order of how long they took, as that is now: it stays while they change. */
export function idsByDuration(view: LiveView, order: DurationOrder): string[] {
  const sign = order === 'slowest' ? -1 : 1
  const rows = Array.from({ length: view.length }, (_, index) => view.at(index)!)
  const took = new Map(rows.map((row) => [row, totalMs(row)]))
  return rows
    .sort((a, b) => {
      const [ofA, ofB] = [took.get(a) ?? null, took.get(b) ?? null]
      if (ofA === null || ofB === null) return Number(ofA === null) - Number(ofB === null)
      return sign * (ofA - ofB)
    })
    .map((row) => row.messageId)
}

/** Rows in an order of their own. A list that lets go of rows meanwhile leaves their places empty. */
export function inOrderOf(view: LiveView, ids: readonly string[], places: ReadonlyMap<string, number>): OrderedView {
  return {
    length: ids.length,
    at: (index) => {
      const id = ids[index]
      return id === undefined ? undefined : view.at(view.indexOf(id))
    },
    indexOf: (messageId) => places.get(messageId) ?? -1,
    gapBefore: null,
    sentBefore: () => undefined,
    newest: 0,
  }
}
