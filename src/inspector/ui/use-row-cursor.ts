'use client'
import type { Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { rollUp } from '../model/roll-up.ts'
import type { MessageRow } from '../model/view.ts'

interface Grid {
  rows: readonly MessageRow[]
  scroller: RefObject<HTMLDivElement | null>
  virtual: Virtualizer<HTMLDivElement, Element>
}

/** The row one is at: keys move it, and the focus goes with it, also to rows that are not drawn yet. */
export function useRowCursor({ rows, scroller, virtual }: Grid) {
  const [current, setCurrent] = useState<string | null>(null)
  const wanted = useRef<string | null>(null)
  const index = rows.findIndex((each) => each.messageId === current)

  // Where the row was out of view, it is drawn first and gets the focus then.
  useEffect(() => {
    if (wanted.current === null) return
    const link = scroller.current?.querySelector<HTMLElement>(`[data-row-link="${wanted.current}"]`)
    if (!link) return
    wanted.current = null
    link.focus({ preventScroll: true })
  })

  const goTo = (target: number) => {
    const message = rows[target]
    if (!message) return
    wanted.current = message.messageId
    setCurrent(message.messageId)
    virtual.scrollToIndex(target)
  }
  /** To the next one, or the one before, that fails or failed. */
  const goToFailure = (step: 1 | -1) => {
    for (let at = index + step; at >= 0 && at < rows.length; at += step) if (isFailure(rows[at]!)) return goTo(at)
  }
  return {
    current: rows[index] ?? null,
    setCurrent,
    move: (step: 1 | -1) => goTo(index < 0 ? 0 : index + step),
    goToFailure,
  }
}

function isFailure({ deliveries }: MessageRow): boolean {
  const worst = rollUp(deliveries.map((each) => each.state))
  return worst === 'dead' || worst === 'retrying'
}
