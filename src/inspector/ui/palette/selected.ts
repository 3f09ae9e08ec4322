'use client'
import { useEffect, useSyncExternalStore } from 'react'

/** Something that can be done to what one looks at. */
export interface SelectedAction {
  title: string
  words?: string
  run(): void
}

const NONE: readonly SelectedAction[] = []
const listeners = new Set<() => void>()
let offered: readonly SelectedAction[] = NONE

/** Offers what can be done to what is selected, in the palette, for as long as the calling component is there. */
export function useSelectedActions(actions: readonly SelectedAction[]): void {
  useEffect(() => {
    offer(actions)
    return () => offer(NONE)
  }, [actions])
}

export function useOfferedActions(): readonly SelectedAction[] {
  return useSyncExternalStore(
    subscribe,
    () => offered,
    () => NONE,
  )
}

function offer(actions: readonly SelectedAction[]): void {
  offered = actions
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
