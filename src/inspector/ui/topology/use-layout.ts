'use client'
import { useEffect, useRef, useState } from 'react'
import type { Graph } from '../../model/topology/graph.ts'
import type { LayoutAnswer, LayoutRequest, Place } from './layout.ts'

export interface LaidOut {
  /** Of which structure these are the places: another one is another picture. */
  structure: string
  places: ReadonlyMap<string, Place>
}

/** Where everything stands, once the worker has said so; until then what was there before. */
export function useLayout(graph: Graph): LaidOut | null {
  const [laidOut, setLaidOut] = useState<LaidOut | null>(null)
  const worker = useRef<Worker>(null)
  const asked = useRef({ turn: 0, structure: '' })
  const structure = structureOf(graph)
  useEffect(() => {
    const own = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' })
    worker.current = own
    own.addEventListener('message', ({ data }: MessageEvent<LayoutAnswer>) => {
      // Of an older question: the answer to the newest is on its way.
      if (data.turn !== asked.current.turn) return
      setLaidOut({ structure: asked.current.structure, places: new Map(data.places) })
    })
    return () => own.terminate()
  }, [])
  useEffect(() => {
    asked.current = { turn: asked.current.turn + 1, structure }
    const { nodes, edges } = JSON.parse(structure) as { nodes: string[]; edges: [from: string, to: string][] }
    const request: LayoutRequest = {
      turn: asked.current.turn,
      nodes: nodes.map((id) => ({ id })),
      edges: edges.map(([from, to]) => ({ from, to })),
    }
    worker.current?.postMessage(request)
  }, [structure])
  return laidOut
}

/** What the layout depends on, and nothing else: numbers that change leave everything where it is. */
function structureOf({ nodes, edges }: Graph): string {
  return JSON.stringify({ nodes: nodes.map((each) => each.id), edges: edges.map(({ from, to }) => [from, to]) })
}
