'use client'
import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import type { LiveView } from '../../model/live-list.ts'
import type { Live } from './use-live.ts'

export interface Following {
  view: LiveView
  isAtTop: boolean
  /** Since when, or null while it is not. */
  pausedAt: number | null
  /** Whether what waits joins on to what is shown. */
  isWhole: boolean
  setAtTop(isAtTop: boolean): void
  /** Something is being looked at: nothing moves until {@link jumpToNewest}. */
  hold(): void
  pause(): void
  /** Lets in what waits, above what is looked at. */
  resumeHere(): void
  /** Shows the newest and follows again. */
  jumpToNewest(): void
}

interface Scrolled {
  scroller: RefObject<HTMLDivElement | null>
  /** Of each row. */
  height: number
}

/**
 * The list never moves under its reader: at its top it follows; scrolled away, looked into or paused it holds still and
 * counts what came. Rows in view change in place all the same.
 */
export function useFollowing({ messages: view, list, change }: Live, { scroller, height }: Scrolled): Following {
  const [isAtTop, setIsAtTop] = useState(true)
  const [isHeld, setHeld] = useState(false)
  const [pausedAt, setPausedAt] = useState<number | null>(null)
  const movedRows = useRef(0)
  // What was let in above is drawn first: then the rows that were looked at are brought back under the eyes.
  useLayoutEffect(() => {
    if (movedRows.current === 0) return
    scroller.current?.scrollBy({ top: movedRows.current * height })
    movedRows.current = 0
  })
  const follow = () => {
    setPausedAt(null)
    setIsAtTop(true)
    setHeld(false)
    change(() => list.follow())
    scroller.current?.scrollTo({ top: 0 })
  }
  return {
    view,
    isAtTop: isAtTop && !isHeld,
    pausedAt,
    isWhole: list.isWhole,
    setAtTop: (atTop) => {
      if (atTop === isAtTop) return
      if (!atTop) change(() => list.hold())
      // With news above, the top of what is held is not the newest: the reader decides when to go there.
      else if (view.news.count > 0) return
      else if (pausedAt === null && !isHeld) change(() => list.follow())
      setIsAtTop(atTop)
    },
    hold: () => {
      if (isHeld) return
      setHeld(true)
      change(() => list.hold())
    },
    pause: () => {
      setPausedAt(Date.now())
      change(() => list.hold())
    },
    resumeHere: () => {
      const top = view.at(0)
      setPausedAt(null)
      setHeld(false)
      change(() => list.follow())
      movedRows.current = top ? Math.max(0, list.messages.indexOf(top.messageId)) : 0
      setIsAtTop(movedRows.current === 0)
      if (movedRows.current > 0) change(() => list.hold())
    },
    jumpToNewest: follow,
  }
}
