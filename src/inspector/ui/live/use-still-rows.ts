'use client'
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import type { OrderedView } from '../../model/live-order.ts'
import type { Following } from './use-following.ts'

interface Options {
  scroller: RefObject<HTMLDivElement | null>
  list: Following
  rows: OrderedView
  /** Where a row lies, counted from the top. */
  slotOf(index: number): number
  height: number
  /** Draws what came into view. */
  look(): void
}

/**
 * Keeps what is looked at where it is on the screen, whatever comes above it or goes, in the list or on the page: rows
 * that are held are brought back under the eyes before they are seen elsewhere. A list that follows at its end stays as far from it as it was.
 */
export function useStillRows({ scroller, list, rows, slotOf, height, look }: Options): void {
  const { newestAt, isFollowing, jumps, sort } = list
  const anchor = useRef<{ messageId: string; slot: number } | null>(null)
  const fromEnd = useRef(0)
  const scrollTop = useRef(0)
  /** Where on the page the list begins: what is said above it moves that. */
  const begin = useRef<number | null>(null)
  const shown = useRef('')
  /** The rows as they were drawn: what is in view is found among them. */
  const drawn = useRef({ rows, slotOf, height })

  const note = (element: HTMLDivElement) => {
    const now = drawn.current
    const first = Math.floor(element.scrollTop / now.height)
    // Where the gap is, the row after it.
    const index = [first, first - 1, first + 1].find((each) => now.rows.at(each) && now.slotOf(each) >= first)
    const row = index === undefined ? undefined : now.rows.at(index)
    anchor.current = row ? { messageId: row.messageId, slot: now.slotOf(index!) } : null
    fromEnd.current = Math.max(0, element.scrollHeight - element.clientHeight - element.scrollTop)
    scrollTop.current = element.scrollTop
  }

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    drawn.current = { rows, slotOf, height }
    const key = `${newestAt} ${jumps} ${sort}`
    const isElsewhere = key !== shown.current
    shown.current = key
    if (isElsewhere && (isFollowing || sort !== null)) {
      element.scrollTop = sort === null && newestAt === 'bottom' ? element.scrollHeight : 0
      fromEnd.current = 0
      look()
    } else if (isFollowing) {
      // Whoever has scrolled away since then is not brought back: what tells of it comes with the next frame.
      const isLeft = element.scrollTop < scrollTop.current - 1
      if (newestAt === 'bottom' && !isLeft) {
        element.scrollTop = element.scrollHeight - element.clientHeight - fromEnd.current
      }
    } else {
      const place = anchor.current ? rows.indexOf(anchor.current.messageId) : -1
      const slots = place < 0 ? 0 : slotOf(place) - anchor.current!.slot
      const now = beginOf(element)
      const moved = slots * height + now - (begin.current ?? now)
      begin.current = now
      if (moved !== 0) {
        element.scrollTop += moved
        look()
      }
    }
    // At the top there is nothing to bring back as long as it follows, and a look at the page would cost time.
    if (!isFollowing || newestAt === 'bottom') note(element)
    else anchor.current = null
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: what it notes is what was drawn last
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const onScroll = () => note(element)
    element.addEventListener('scroll', onScroll, { passive: true })
    // What is above it takes from its height, too: this is told when it costs nothing to look.
    const observer = new ResizeObserver(() => {
      begin.current = beginOf(element)
    })
    observer.observe(element)
    return () => {
      element.removeEventListener('scroll', onScroll)
      observer.disconnect()
    }
  }, [scroller])
}

function beginOf(element: HTMLElement): number {
  return element.getBoundingClientRect().top + window.scrollY
}
