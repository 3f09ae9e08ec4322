'use client'
import { useEffect, useRef } from 'react'
import type { Following } from './use-following.ts'

/** Keeps in the address whether it is paused; a link to what is paused pauses it, once there is something to see. */
export function useLinkedPause(
  list: Pick<Following, 'pausedAt' | 'pause' | 'jumpToNewest'>,
  isThere: boolean,
  isLive: boolean,
  keep: (isLive: boolean) => void,
): void {
  const isPaused = list.pausedAt !== null
  const wasPaused = useRef(isPaused)
  // biome-ignore lint/correctness/useExhaustiveDependencies: acts on what changed, whatever else is new
  useEffect(() => {
    if (!isThere) return
    const isAskedHere = wasPaused.current !== isPaused
    wasPaused.current = isPaused
    if (isPaused !== isLive) return
    if (isAskedHere) keep(!isPaused)
    else if (isLive) list.jumpToNewest()
    else list.pause()
  }, [isThere, isPaused, isLive])
}

/** Holds the list still when something begins, if it is to be held then; what changes later does not hold it. */
export function useHoldWhen(hasBegun: boolean, { hold }: Pick<Following, 'hold'>, isToBeHeld: boolean): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: acts when it begins, whatever else is new
  useEffect(() => {
    if (hasBegun && isToBeHeld) hold()
  }, [hasBegun])
}
