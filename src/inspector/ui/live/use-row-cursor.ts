'use client'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { isFailing } from '../../model/failing.ts'
import type { OrderedView } from '../../model/live-order.ts'

interface Grid {
  rows: OrderedView
  scroller: RefObject<HTMLDivElement | null>
  scrollTo(index: number): void
  /** The one to be at in the beginning. */
  first: string | null
}

/** The row one is at: keys move it, and the focus goes with it, also to rows that are not drawn yet. */
export function useRowCursor({ rows, scroller, scrollTo, first }: Grid) {
  const [current, setCurrent] = useState(first)
  const wanted = useRef<string | null>(null)
  const index = current === null ? -1 : rows.indexOf(current)

  // Where the row was out of view, it is drawn first and gets the focus then.
  useEffect(() => {
    if (wanted.current === null) return
    const link = scroller.current?.querySelector<HTMLElement>(`[data-row-link="${wanted.current}"]`)
    if (!link) return
    wanted.current = null
    link.focus({ preventScroll: true })
  })

  const goTo = (target: number) => {
    const message = rows.at(target)
    if (!message) return
    wanted.current = message.messageId
    setCurrent(message.messageId)
    scrollTo(target)
  }
  /** To the next one, or the one before, that fails. */
  const goToFailure = (step: 1 | -1) => {
    // From nowhere one goes from the newest on.
    const way = index >= 0 ? step : rows.newest === 0 ? 1 : -1
    const from = index >= 0 ? index + step : rows.newest
    for (let at = from; at >= 0 && at < rows.length; at += way) {
      const row = rows.at(at)
      if (row?.deliveries.some(isFailing)) return goTo(at)
    }
  }
  /** From the row to the signs of its deliveries, from one to the next, and back. */
  const goToSign = (step: 1 | -1) => {
    const link = scroller.current?.querySelector<HTMLElement>(`[data-row-link="${current}"]`)
    if (!link) return
    const stops: (Element | null)[] = [
      link,
      ...(link.closest('[role=row]')?.querySelectorAll<HTMLElement>('[data-pip]') ?? []),
    ]
    const at = stops.indexOf(document.activeElement)
    const next = stops[Math.max(0, at) + step]
    if (next instanceof HTMLElement) next.focus()
  }
  return {
    current: rows.at(index) ?? null,
    goToSign,
    setCurrent,
    move: (step: 1 | -1) => goTo(index < 0 ? rows.newest : index + step),
    goToFailure,
  }
}
