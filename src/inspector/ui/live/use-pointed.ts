'use client'
import { useCallback, useState } from 'react'

/** The signs of a message that one points at, or has gone to with keys. */
export interface Pointed {
  messageId: string
  /** The delivery whose sign it is; null beside all of them. */
  deliveryId: string | null
  /** Where the signs are on the screen. */
  at: { left: number; top: number; bottom: number }
}

/** What is pointed at in the list, or has the focus there. */
export function usePointed() {
  const [hovered, setHovered] = useState<Pointed | null>(null)
  const [focused, setFocused] = useState<Pointed | null>(null)
  const close = useCallback(() => {
    setHovered(null)
    setFocused(null)
  }, [])
  return {
    pointed: hovered ?? focused,
    hover: (target: EventTarget | null) => setHovered((before) => pointedAt(target, before)),
    focus: (target: EventTarget | null) =>
      // A press leaves the focus behind, and one reads on elsewhere.
      setFocused(target instanceof Element && target.matches(':focus-visible') ? pointedAt(target, null) : null),
    /** What one points at is another then; what has the focus has moved. */
    scrolled: () => {
      setHovered(null)
      setFocused((before) => before && pointedAt(document.activeElement, before))
    },
    close,
  }
}

function pointedAt(target: EventTarget | null, before: Pointed | null): Pointed | null {
  const signs = target instanceof Element ? target.closest<HTMLElement>('[data-pips]') : null
  const messageId = signs?.closest('[role=row]')?.querySelector<HTMLElement>('[data-row-link]')?.dataset.rowLink
  if (!(target instanceof Element) || !signs || !messageId) return null
  const kept = before?.messageId === messageId ? before : null
  // Between two signs nothing goes away.
  const deliveryId = target.closest<HTMLElement>('[data-pip]')?.dataset.pip ?? kept?.deliveryId ?? null
  const { left, top, bottom } = signs.getBoundingClientRect()
  const isSame = kept?.deliveryId === deliveryId && kept.at.top === top && kept.at.left === left
  return isSame ? kept : { messageId, deliveryId, at: { left, top, bottom } }
}
