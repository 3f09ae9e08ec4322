import { type LiveColumn, readColumns, writeColumns } from './live-columns.ts'
import { DURATION_ORDERS, type DurationOrder } from './live-order.ts'

export const PANEL_TABS = ['deliveries', 'payload', 'attempts'] as const
export type PanelTab = (typeof PANEL_TABS)[number]

/** What of the live list stands in its address beside the filter: who follows the link sees the same. */
export interface LiveAddress {
  /** The message in the side panel. */
  sel: string | null
  /** The delivery of it that is looked at. */
  h: string | null
  panel: PanelTab
  columns: readonly LiveColumn[]
  /** By how long they took; null by the time. */
  sort: DurationOrder | null
  /** Whether it is followed; a link to what is paused opens paused. */
  isLive: boolean
}

/** Reads an address; what cannot be read is as if nobody had chosen. */
export function readLiveAddress(query: URLSearchParams): LiveAddress {
  return {
    sel: idIn(query.get('sel')),
    h: idIn(query.get('h')),
    panel: PANEL_TABS.find((each) => each === query.get('panel')) ?? 'deliveries',
    columns: readColumns(query.get('cols')),
    sort: DURATION_ORDERS.find((each) => each === query.get('sort')) ?? null,
    isLive: query.get('live') !== '0',
  }
}

/** As an address has it; what nobody chose leaves nothing in it. */
export function writeLiveAddress({ sel, h, panel, columns, sort, isLive }: LiveAddress) {
  return {
    sel,
    h: sel === null ? null : h,
    panel: sel === null || panel === 'deliveries' ? null : panel,
    cols: writeColumns(columns),
    sort,
    live: isLive ? null : '0',
  }
}

function idIn(text: string | null): string | null {
  return text !== null && /^[\da-f-]{36}$/.test(text) ? text : null
}
