'use client'
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react'
import { LiveNodes, type NodeState } from '../../model/topology/live.ts'
import type { TitleOf } from '../use-title-of.ts'

interface MapContext {
  live: LiveNodes
  /** A node was chosen: a folded module opens, anything else becomes the focus. */
  onChoose(id: string): void
  /** What is told of a type where it is pointed at. */
  titleOf: TitleOf
}

export const MapContext = createContext<MapContext>({
  live: new LiveNodes(),
  onChoose: () => {},
  titleOf: (name) => name,
})

/** How one node does now. */
export function useNodeState(id: string): NodeState | undefined {
  const { live } = useContext(MapContext)
  const subscribe = useCallback((listener: () => void) => live.subscribe(id, listener), [live, id])
  const read = () => live.get(id)
  return useSyncExternalStore(subscribe, read, read)
}
