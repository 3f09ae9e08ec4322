'use client'
import { type Edge, type EdgeProps, getBezierPath } from '@xyflow/react'
import { memo } from 'react'
import { type RouteStatus, STATUS_WORDS } from '../../model/topology/topology.ts'
import { EndShape } from './route-line.tsx'

export type MapEdgeType = Edge<{ status: RouteStatus; isNamed: boolean }, 'route'>

/** A route: a line and an end of its own for each way in which it is known, and the word where there is room for it. */
export const MapEdge = memo(function MapEdge(props: EdgeProps<MapEdgeType>) {
  const { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data } = props
  const [path, x, y] = getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition })
  const status = data?.status ?? 'seen'
  return (
    <>
      <path d={path} className="map-edge" data-status={status} markerEnd={`url(#map-${status})`} />
      {data?.isNamed && status !== 'seen' && (
        <text x={x} y={y} textAnchor="middle" dominantBaseline="middle" className="map-word">
          {STATUS_WORDS[status]}
        </text>
      )}
    </>
  )
})

/** The ends of edges: a full arrow, an empty one, a diamond. */
export function EdgeEnds() {
  return (
    <svg aria-hidden="true" className="absolute size-0">
      <defs>
        {(['seen', 'declared', 'undeclared'] as const).map((status) => (
          <marker
            key={status}
            id={`map-${status}`}
            viewBox="0 0 12 12"
            refX="11"
            refY="6"
            markerWidth="12"
            markerHeight="12"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <EndShape status={status} />
          </marker>
        ))}
      </defs>
    </svg>
  )
}
