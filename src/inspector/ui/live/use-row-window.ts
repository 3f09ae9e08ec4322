'use client'
import { type RefObject, useCallback, useLayoutEffect, useState } from 'react'

/** Rows drawn beyond what is in view, at each end. */
const BEYOND = 8
/** The window moves by so many rows at once: not every pixel is a new rendering. */
const STEP = 4

interface Options {
  scroller: RefObject<HTMLDivElement | null>
  count: number
  /** All rows have it: where one lies is a multiplication, however many there are. */
  height: number
  /** It is kept at its end: what comes there is drawn with it, not once it was scrolled to. */
  isAtEnd: boolean
}

/** Which of many rows of one height are drawn: those in view, and some beyond. */
export function useRowWindow({ scroller, count, height, isAtEnd }: Options) {
  const [top, setTop] = useState(0)
  const [inView, setInView] = useState(40)
  /** Draws what is in view now, before anybody sees that it was not. */
  const look = useCallback(() => {
    const element = scroller.current
    if (element) setTop(Math.floor(element.scrollTop / height / STEP) * STEP)
  }, [scroller, height])
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const measure = () => setInView(Math.ceil(element.clientHeight / height) + 1)
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [scroller, height, look])
  const first = isAtEnd ? count - inView - STEP : Math.min(top, count)
  const from = Math.max(0, first - BEYOND)
  const to = Math.min(count, Math.max(0, first) + STEP + inView + BEYOND)
  /** Moves no further than it must for the row to be in view. */
  const scrollTo = (index: number, headPx: number) => {
    const element = scroller.current
    if (!element) return
    const at = index * height
    const bottom = at + height + headPx - element.clientHeight
    if (element.scrollTop > at) element.scrollTop = at
    else if (element.scrollTop < bottom) element.scrollTop = bottom
  }
  return { from, to, totalPx: count * height, scrollTo, look }
}
