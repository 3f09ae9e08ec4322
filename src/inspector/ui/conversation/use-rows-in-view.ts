'use client'
import { type RefObject, useEffect, useState } from 'react'

/** Rows are drawn this many above and below what is in view, so that one can scroll without seeing paper. */
const AROUND = 12
/** What is in view is told in steps: not every pixel draws the rows anew. */
const STEP = 4
/** Before the scroller has been measured. */
const FIRST = 40

export interface RowsInView {
  from: number
  to: number
}

/** Which rows of one height are in view: no row is measured, so that there may be any number of them. */
export function useRowsInView(scroller: RefObject<HTMLElement | null>, count: number, rowPx: number): RowsInView {
  const [{ top, shown }, setRange] = useState({ top: 0, shown: FIRST })
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = () => {
      const first = Math.floor(element.scrollTop / rowPx / STEP) * STEP
      const fits = Math.ceil(element.clientHeight / rowPx / STEP) * STEP + STEP
      setRange((known) => (known.top === first && known.shown === fits ? known : { top: first, shown: fits }))
    }
    look()
    element.addEventListener('scroll', look, { passive: true })
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => {
      element.removeEventListener('scroll', look)
      observer.disconnect()
    }
  }, [scroller, rowPx])
  const from = Math.max(0, Math.min(top - AROUND, count - shown - AROUND))
  return { from, to: Math.min(count, Math.max(top, from) + shown + AROUND) }
}

/** Scrolls as little as is needed for a row to be seen. */
export function scrollToRow(scroller: HTMLElement | null, index: number, rowPx: number): void {
  if (!scroller || index < 0) return
  const top = index * rowPx
  const bottom = top + rowPx
  const visible = scroller.clientHeight - rowPx
  if (top < scroller.scrollTop) scroller.scrollTop = top
  else if (bottom > scroller.scrollTop + visible) scroller.scrollTop = bottom - visible
}
