import type { RouteStatus } from '../../model/topology/topology.ts'

/** What a route looks like on the map, beside its word. */
export function RouteLine({ status }: { status: RouteStatus }) {
  return (
    <svg width="44" height="12" viewBox="0 0 44 12" aria-hidden="true" className="shrink-0">
      <path d="M0 6H32" className="map-edge" data-status={status} />
      <g transform="translate(32 0)">
        <EndShape status={status} />
      </g>
    </svg>
  )
}

/** The end of a route: a full arrow, an empty one, a diamond. */
export function EndShape({ status }: { status: RouteStatus }) {
  if (status === 'undeclared') return <path d="M0 6 5.5 2 11 6 5.5 10Z" className="map-end" data-status={status} />
  return <path d="M3 2 11 6 3 10Z" className="map-end" data-status={status} />
}
