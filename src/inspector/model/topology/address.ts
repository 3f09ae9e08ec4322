/** What of the map stands in its address, so that a link shows the same. */
export interface MapAddress {
  /** Id of a node. */
  focus: string | null
  depth: number
  /** Modules that are folded; null is those that are at first. */
  fold: string[] | null
  /** Null is what suits the screen. */
  view: 'map' | 'table' | null
  /** Null is what was seen, as long as anything was. */
  show: 'seen' | 'all' | null
}

const DEFAULT_DEPTH = 2
export const DEPTHS = [1, 2, 3, 4] as const

export function readAddress(query: URLSearchParams): MapAddress {
  const depth = Number(query.get('depth'))
  const view = query.get('view')
  const show = query.get('show')
  return {
    focus: query.get('focus') || null,
    depth: DEPTHS.some((each) => each === depth) ? depth : DEFAULT_DEPTH,
    fold: query.has('fold') ? (query.get('fold') ?? '').split(',').filter((each) => each !== '') : null,
    view: view === 'table' || view === 'map' ? view : null,
    show: show === 'seen' || show === 'all' ? show : null,
  }
}

/** What nobody chose leaves nothing in the address. */
export function writeAddress({ focus, depth, fold, view, show }: MapAddress) {
  return {
    ...{ focus, view, show },
    depth: depth === DEFAULT_DEPTH ? null : String(depth),
    fold: fold === null ? null : fold.join(','),
  }
}
