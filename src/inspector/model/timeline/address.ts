/** What of a conversation's page stands in its address: whoever gets the link sees the same. */
import { COLUMNS, type Sort } from './delivery-table.ts'
import { LANE_KINDS, type LaneKind } from './sequence.ts'

export const VIEWS = ['tree', 'sequence', 'graph', 'table'] as const
export type ViewName = (typeof VIEWS)[number]

export interface ConversationAddress {
  view: ViewName
  /** The message or delivery that is looked at. */
  selected: string | null
  /** Where the playhead is, in milliseconds from the beginning; null at the present. */
  t: number | null
  /** From when to when is shown, in milliseconds from the beginning. */
  zoom: readonly [from: number, to: number] | null
  /** The ends of the ids of what is folded. */
  folded: ReadonlySet<string>
  /** Subscriptions that are not shown. */
  hidden: ReadonlySet<string>
  errorsOnly: boolean
  foldsIdle: boolean
  showsPath: boolean
  /** Of the table; null is the order in which the messages were sent. */
  sort: Sort | null
  /** Of the sequence. */
  lanes: LaneKind
}

/** Ids begin with a time, and end in chance: so much of it tells those of one conversation apart. */
const TAIL = 8

export function tailOf(id: string): string {
  return id.slice(-TAIL)
}

/** Reads an address; what makes no sense in it is left out. */
export function readAddress(query: URLSearchParams): ConversationAddress {
  return {
    view: VIEWS.find((each) => each === query.get('view')) ?? 'tree',
    selected: query.get('sel'),
    t: numberIn(query.get('t')),
    zoom: readZoom(query.get('zoom')),
    folded: listIn(query.get('fold'), '.'),
    hidden: listIn(query.get('hide'), ','),
    errorsOnly: query.get('errors') === '1',
    foldsIdle: query.get('idle') === '1',
    showsPath: query.get('path') === '1',
    sort: readSort(query.get('sort')),
    lanes: LANE_KINDS.find((each) => each === query.get('lanes')) ?? 'module',
  }
}

/** What was not touched leaves no trace in it. */
export function writeAddress({ view, selected, t, zoom, folded, hidden, sort, lanes, ...flags }: ConversationAddress) {
  return {
    view: view === 'tree' ? null : view,
    sel: selected,
    t: t === null ? null : String(Math.round(t)),
    zoom: zoom === null ? null : zoom.map(Math.round).join('-'),
    fold: [...folded].join('.') || null,
    hide: [...hidden].join(',') || null,
    errors: flags.errorsOnly ? '1' : null,
    idle: flags.foldsIdle ? '1' : null,
    path: flags.showsPath ? '1' : null,
    sort: sort && `${sort.isDescending ? '-' : ''}${sort.column}`,
    lanes: lanes === 'module' ? null : lanes,
  }
}

function readSort(text: string | null): Sort | null {
  const column = COLUMNS.find((each) => each === text?.replace(/^-/, ''))
  return column ? { column, isDescending: text!.startsWith('-') } : null
}

function numberIn(text: string | null): number | null {
  return text !== null && /^\d{1,12}$/.test(text) ? Number(text) : null
}

function readZoom(text: string | null): [number, number] | null {
  const [from, to] = (text ?? '').split('-').map(numberIn)
  return typeof from === 'number' && typeof to === 'number' && to > from ? [from, to] : null
}

function listIn(text: string | null, separator: string): Set<string> {
  return new Set((text ?? '').split(separator).filter(Boolean))
}
