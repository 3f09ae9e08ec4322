import type { DeliveryState } from '../../../bus/message.ts'
import { isFailing } from '../failing.ts'
import { partsOf, stateAt } from './parts.ts'
import type { Timeline, TimelineDelivery, TimelineMessage } from './timeline.ts'

export const COLUMNS = ['message', 'handler', 'state', 'attempts', 'sent', 'waited', 'took', 'error'] as const
export type Column = (typeof COLUMNS)[number]

export interface Sort {
  column: Column
  isDescending: boolean
}

/** One delivery; or a message that nobody handles. */
export interface TableRow {
  id: string
  message: TimelineMessage
  delivery: TimelineDelivery | null
}

interface TableChoice {
  /** Subscriptions that are not shown. */
  hidden: ReadonlySet<string>
  errorsOnly: boolean
  /** Only what was sent in it. */
  window: readonly [from: number, to: number] | null
}

/** Every delivery of a conversation, in the order in which the messages were sent. */
export function tableRows({ messages }: Timeline, { hidden, errorsOnly, window }: TableChoice): TableRow[] {
  const rows: TableRow[] = []
  for (const message of messages) {
    if (window && (message.at < window[0] || message.at > window[1])) continue
    if (message.deliveries.length === 0 && !errorsOnly) rows.push({ id: message.id, message, delivery: null })
    for (const delivery of message.deliveries) {
      if (hidden.has(delivery.subscription) || (errorsOnly && !isFailing(delivery))) continue
      rows.push({ id: delivery.id, message, delivery })
    }
  }
  return rows
}

/** What a row says of a moment. */
export interface TableCells {
  /** Null before the message was sent, and where nobody handles it. */
  state: DeliveryState | null
  waitedMs: number | null
  tookMs: number | null
}

const NO_CELLS: TableCells = { state: null, waitedMs: null, tookMs: null }

/** How a delivery stood at `time`, or stands `now` where that is null. */
export function cellsAt({ message, delivery }: TableRow, now: number, time: number | null): TableCells {
  const state = delivery && (time === null ? delivery.state : stateAt(message, delivery, time))
  if (!delivery || state === null || state === 'skipped') return { ...NO_CELLS, state }
  let [waitedMs, tookMs] = [0, 0]
  for (const { kind, from, to } of partsOf(message, delivery, now)) {
    const ms = Math.max(0, Math.min(to, time ?? to) - from)
    if (kind === 'handling') tookMs += ms
    else waitedMs += ms
  }
  return { state, waitedMs, tookMs }
}

/** The worst first. */
const STATES: readonly (DeliveryState | null)[] = [
  'dead',
  'retrying',
  'running',
  'pending',
  'succeeded',
  'discarded',
  'skipped',
]

type Value = string | number | null

/** By what they say now, wherever the playhead is: rows do not move while it does. What says nothing is last. */
export function sortRows(rows: readonly TableRow[], sort: Sort | null, now: number): readonly TableRow[] {
  if (!sort) return rows
  const direction = sort.isDescending ? -1 : 1
  return rows
    .map((row) => ({ row, value: sortedBy(row, sort.column, now) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null)
      return a.value < b.value ? -direction : a.value > b.value ? direction : 0
    })
    .map(({ row }) => row)
}

function sortedBy(row: TableRow, column: Column, now: number): Value {
  const { message, delivery } = row
  switch (column) {
    case 'message':
      return message.name
    case 'handler':
      return delivery?.subscription ?? null
    case 'state':
      return delivery ? STATES.indexOf(delivery.state) : null
    case 'attempts':
      return delivery?.attempt ?? null
    case 'sent':
      return message.at
    case 'waited':
      return cellsAt(row, now, null).waitedMs
    case 'took':
      return cellsAt(row, now, null).tookMs
    case 'error':
      return delivery?.lastError ?? null
  }
}
