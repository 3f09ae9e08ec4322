'use client'
import { type RefObject, useEffect, useRef } from 'react'

/**
 * Where what has the focus goes away, as a button does whose work is done, the focus stays near: it goes to what
 * `nearest` finds in the item that it was in.
 */
export function useKeptFocus(inside: RefObject<HTMLElement | null>, nearest: string): void {
  const held = useRef<{ element: Element; item: HTMLElement } | null>(null)
  useEffect(() => {
    const root = inside.current
    if (!root) return
    const note = ({ target }: FocusEvent) => {
      const item = target instanceof Element ? target.closest<HTMLElement>('li') : null
      held.current = item && target instanceof Element ? { element: target, item } : null
    }
    root.addEventListener('focusin', note)
    return () => root.removeEventListener('focusin', note)
  }, [inside])
  useEffect(() => {
    if (!held.current || held.current.element.isConnected || document.activeElement !== document.body) return
    const { item } = held.current
    held.current = null
    // The item may be gone, too: then it is the first of what is left.
    const near = item.isConnected ? item : inside.current
    near?.querySelector<HTMLElement>(nearest)?.focus()
  })
}
