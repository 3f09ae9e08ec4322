'use client'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { LiveView } from '../../model/live-list.ts'
import { rollUp } from '../../model/roll-up.ts'
import type { MessageRow } from '../../model/view.ts'

interface Grid {
  view: LiveView
  scroller: RefObject<HTMLDivElement | null>
  scrollTo(index: number): void
  /** The one to be at in the beginning. */
  first: string | null
}

/** The row one is at: keys move it, and the focus goes with it, also to rows that are not drawn yet. */
export function useRowCursor({ view, scroller, scrollTo, first }: Grid) {
  const [current, setCurrent] = useState(first)
  const wanted = useRef<string | null>(null)
  const index = current === null ? -1 : view.indexOf(current)

  // Where the row was out of view, it is drawn first and gets the focus then.
  useEffect(() => {
    if (wanted.current === null) return
    const link = scroller.current?.querySelector<HTMLElement>(`[data-row-link="${wanted.current}"]`)
    if (!link) return
    wanted.current = null
    link.focus({ preventScroll: true })
  })

  const goTo = (target: number) => {
    const message = view.at(target)
    if (!message) return
    wanted.current = message.messageId
    setCurrent(message.messageId)
    scrollTo(target)
  }
  /** To the next one, or the one before, that fails or failed. */
  const goToFailure = (step: 1 | -1) => {
    for (let at = index + step; at >= 0 && at < view.length; at += step) if (isFailure(view.at(at)!)) return goTo(at)
  }
  return {
    current: view.at(index) ?? null,
    setCurrent,
    move: (step: 1 | -1) => goTo(index < 0 ? 0 : index + step),
    goToFailure,
  }
}

function isFailure({ deliveries }: MessageRow): boolean {
  const worst = rollUp(deliveries.map((each) => each.state))
  return worst === 'dead' || worst === 'retrying'
}
