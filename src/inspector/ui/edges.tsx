'use client'
import { type RefObject, useEffect, useState } from 'react'
import type { DeliveryState } from '../../bus/message.ts'
import { type Box, pathBetween } from '../model/edges.ts'

/** A line between two elements of a figure that are marked with {@link node}. */
export interface Edge {
  from: string
  to: string
  /** Of the message that goes along it: solid for a command, dashed for an event. */
  kind: 'command' | 'event'
  state: DeliveryState | 'waiting' | null
  /** When it changes, something is seen travelling along the edge, once. */
  trip?: number
  emphasis?: 'lit' | 'dimmed' | undefined
}

/** Marks an element as an end of edges. */
export function node(id: string) {
  return { 'data-node': id }
}

/** The edges of a figure, drawn behind it, wherever the layout puts its elements. */
export function Edges({ figure, edges }: { figure: RefObject<HTMLElement | null>; edges: readonly Edge[] }) {
  const paths = usePaths(figure, edges)
  return (
    <svg aria-hidden="true" className="pointer-events-none absolute inset-0 size-full overflow-visible">
      {edges.map((edge) => {
        const path = paths.get(`${edge.from} ${edge.to}`)
        return path && <Line key={`${edge.from} ${edge.to}`} edge={edge} path={path} />
      })}
    </svg>
  )
}

function Line({ edge: { kind, state, trip = 0, emphasis }, path }: { edge: Edge; path: string }) {
  const [firstTrip] = useState(trip)
  return (
    <g className="appearing">
      <path
        d={path}
        className="edge"
        data-kind={kind}
        data-state={state ?? undefined}
        data-lit={emphasis === 'lit' || undefined}
        data-dimmed={emphasis === 'dimmed' || undefined}
      />
      {trip !== firstTrip && (
        <circle key={trip} r="4" className="courier fill-accent" style={{ offsetPath: `path("${path}")` }} />
      )}
    </g>
  )
}

/** Measures the ends whenever something in the figure changes its size. */
function usePaths(figure: RefObject<HTMLElement | null>, edges: readonly Edge[]): ReadonlyMap<string, string> {
  const [paths, setPaths] = useState<ReadonlyMap<string, string>>(new Map())
  const ends = edges.map(({ from, to }) => `${from} ${to}`).join('\n')
  // Not a layout effect: that of a child runs before the figure around it has its ref.
  useEffect(() => {
    const element = figure.current
    if (!element) return
    const measure = () => {
      const boxes = boxesIn(element)
      const measured = new Map<string, string>()
      for (const pair of ends.split('\n')) {
        const [from, to] = pair.split(' ').map((id) => boxes.get(id))
        if (from && to) measured.set(pair, pathBetween(from, to))
      }
      setPaths(measured)
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    for (const each of element.querySelectorAll('[data-node]')) observer.observe(each)
    return () => observer.disconnect()
  }, [figure, ends])
  return paths
}

function boxesIn(figure: HTMLElement): Map<string, Box> {
  const origin = figure.getBoundingClientRect()
  const boxes = new Map<string, Box>()
  for (const element of figure.querySelectorAll<HTMLElement>('[data-node]')) {
    const { left, top, right, bottom } = element.getBoundingClientRect()
    // What is not laid out (a column that this width has no room for) has no edges either.
    if (right === left) continue
    boxes.set(element.dataset.node ?? '', {
      left: left - origin.left,
      top: top - origin.top,
      right: right - origin.left,
      bottom: bottom - origin.top,
    })
  }
  return boxes
}
