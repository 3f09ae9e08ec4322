'use client'
import { type PointerEvent, type RefObject, useEffect } from 'react'

const KEPT = 'waybill.conversation.split'
const [NARROWEST, WIDEST] = [0.2, 0.7]

/** The line between tree and time, which can be dragged; this browser keeps where it was left. */
export function useDivider(grid: RefObject<HTMLElement | null>) {
  const place = (share: number) => grid.current?.style.setProperty('--split', String(share))
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => {
    const kept = Number(localStorage.getItem(KEPT))
    if (kept >= NARROWEST && kept <= WIDEST) place(kept)
  }, [])
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const { currentTarget: handle, clientX } = event
    const box = grid.current?.getBoundingClientRect()
    if (!box || !handle.hasPointerCapture(event.pointerId)) return
    const share = Math.min(WIDEST, Math.max(NARROWEST, (clientX - box.left) / box.width))
    place(share)
    localStorage.setItem(KEPT, share.toFixed(3))
  }
  return (
    <div
      aria-hidden="true"
      className="waterfall-divider"
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
    />
  )
}
