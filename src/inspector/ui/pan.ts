'use client'
import { useEffect, useState } from 'react'
import { PAN_MS, panPlace } from '../model/pan.ts'

/** From where the eye comes: a cause lies to the left of its message, what follows to its right. */
type Side = 'left' | 'right'

/** Whom one goes to next. The page that one comes from is gone by then. */
let ahead: { messageId: string; from: Side } | null = null

/** One goes on to a message that lies at this side of the figure. */
export function panTo(messageId: string, from: Side): void {
  ahead = { messageId, from }
}

/** From which side a message that one went to in the figure moves in; null when one came another way. */
export function usePannedFrom(messageId: string): Side | null {
  const [from] = useState(() => (ahead?.messageId === messageId ? ahead.from : null))
  useEffect(() => {
    ahead = null
  }, [])
  return from
}

/** Moves the focus. What is out of sight comes into it by a short pan, or at once for who asked for less motion. */
export function panFocus(element: HTMLElement): void {
  const before = window.scrollY
  element.focus()
  const after = window.scrollY
  if (after === before || matchMedia('(prefers-reduced-motion: reduce)').matches) return
  window.scrollTo({ top: before })
  const start = performance.now()
  let place = window.scrollY
  const move = (now: number) => {
    // Whoever scrolls meanwhile goes where they want.
    if (Math.abs(window.scrollY - place) > 1) return
    window.scrollTo({ top: panPlace(before, after, now - start) })
    place = window.scrollY
    if (now - start < PAN_MS) requestAnimationFrame(move)
  }
  requestAnimationFrame(move)
}
