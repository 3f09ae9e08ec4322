'use client'
import { type RefObject, useEffect, useState } from 'react'

export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** What is in view is told in steps of so many pixels, and drawn as far around it. */
const STEP = 256
/** Before the scroller has been measured. */
const FIRST: Box = { left: 0, top: 0, right: 1_600, bottom: 1_000 }

/** The part of what scrolls both ways that is in view, with some around it. */
export function useBoxInView(scroller: RefObject<HTMLElement | null>): Box {
  const [box, setBox] = useState(FIRST)
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = () => {
      const { scrollLeft, scrollTop, clientWidth, clientHeight } = element
      const next = {
        left: (Math.floor(scrollLeft / STEP) - 1) * STEP,
        top: (Math.floor(scrollTop / STEP) - 1) * STEP,
        right: (Math.ceil((scrollLeft + clientWidth) / STEP) + 1) * STEP,
        bottom: (Math.ceil((scrollTop + clientHeight) / STEP) + 1) * STEP,
      }
      setBox((known) => (isSame(known, next) ? known : next))
    }
    look()
    element.addEventListener('scroll', look, { passive: true })
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => {
      element.removeEventListener('scroll', look)
      observer.disconnect()
    }
  }, [scroller])
  return box
}

function isSame(a: Box, b: Box): boolean {
  return a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom
}
