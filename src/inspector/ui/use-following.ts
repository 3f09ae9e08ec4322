'use client'
import { useState } from 'react'
import type { MessageRow } from '../model/view.ts'

export interface Following {
  /** Newest first. */
  rows: readonly MessageRow[]
  isAtTop: boolean
  isPaused: boolean
  /** Messages that wait above the first row, and how many of them failed. */
  news: { count: number; failed: number }
  setAtTop(isAtTop: boolean): void
  togglePause(): void
  /** Shows the newest and follows again. */
  jumpToNewest(): void
}

/**
 * The list never moves under its reader: at its top it follows; scrolled away or paused it holds still and counts
 * what came. Rows in view change in place all the same.
 */
export function useFollowing(oldestFirst: readonly MessageRow[]): Following {
  const [isAtTop, setIsAtTop] = useState(true)
  const [isPaused, setPaused] = useState(false)
  const [heldAt, setHeldAt] = useState<string | null>(null)
  const newest = oldestFirst.at(-1)?.messageId ?? null
  const isHolding = isPaused || !isAtTop
  const hold = () => setHeldAt((known) => known ?? newest)

  const heldIndex = isHolding && heldAt !== null ? oldestFirst.findIndex((each) => each.messageId === heldAt) : -1
  const shown = heldIndex >= 0 ? oldestFirst.slice(0, heldIndex + 1) : oldestFirst
  const waiting = oldestFirst.slice(shown.length)
  const follow = () => {
    setPaused(false)
    setIsAtTop(true)
    setHeldAt(null)
  }
  return {
    rows: shown.toReversed(),
    isAtTop,
    isPaused,
    news: {
      count: waiting.length,
      failed: waiting.filter((each) => each.deliveries.some((one) => one.state === 'dead')).length,
    },
    setAtTop: (atTop) => {
      if (atTop === isAtTop) return
      // With news above, the top of what is held is not the newest: the reader decides when to go there.
      if (!atTop) hold()
      else if (waiting.length > 0) return
      else if (!isPaused) setHeldAt(null)
      setIsAtTop(atTop)
    },
    togglePause: () => {
      if (isPaused) return follow()
      hold()
      setPaused(true)
    },
    jumpToNewest: follow,
  }
}
