'use client'
import { type RefObject, useLayoutEffect, useState } from 'react'

/** Rows drawn beyond what is in view, at each end. */
const BEYOND = 8
/** The window moves by so many rows at once: not every pixel is a new rendering. */
const STEP = 4

interface Options {
  scroller: RefObject<HTMLDivElement | null>
  count: number
  /** All rows have it: where one lies is a multiplication, however many there are. */
  height: number
}

/** Which of many rows of one height are drawn: those in view, and some beyond. */
export function useRowWindow({ scroller, count, height }: Options) {
  const [top, setTop] = useState(0)
  const [inView, setInView] = useState(40)
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const measure = () => setInView(Math.ceil(element.clientHeight / height) + 1)
    const scroll = () => setTop(Math.floor(element.scrollTop / height / STEP) * STEP)
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    element.addEventListener('scroll', scroll, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', scroll)
    }
  }, [scroller, height])
  const from = Math.max(0, Math.min(top, count) - BEYOND)
  const to = Math.min(count, top + STEP + inView + BEYOND)
  /** Moves no further than it must for the row to be in view. */
  const scrollTo = (index: number, headPx: number) => {
    const element = scroller.current
    if (!element) return
    const at = index * height
    const bottom = at + height + headPx - element.clientHeight
    if (element.scrollTop > at) element.scrollTop = at
    else if (element.scrollTop < bottom) element.scrollTop = bottom
  }
  return { from, to, totalPx: count * height, scrollTo }
}
