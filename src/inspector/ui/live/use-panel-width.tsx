'use client'
import { type CSSProperties, type KeyboardEvent, type PointerEvent, useEffect, useState } from 'react'

const KEPT = 'waybill.live.panel'
const FIRST_PX = 420
const NARROWEST_PX = 320
const WIDEST_SHARE = 0.6
const STEP_PX = 24

/** How wide the side panel is: its edge is dragged, or moved by the arrow keys; this browser keeps where it was left. */
export function usePanelWidth() {
  const [px, setPx] = useState(FIRST_PX)
  useEffect(() => {
    const kept = Number(localStorage.getItem(KEPT))
    if (kept > 0) setPx(within(kept))
  }, [])
  const place = (wanted: number) => {
    setPx(within(wanted))
    localStorage.setItem(KEPT, String(within(wanted)))
  }
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const box = event.currentTarget.parentElement?.getBoundingClientRect()
    if (box) place(box.right - event.clientX)
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') place(px + STEP_PX)
    else if (event.key === 'ArrowRight') place(px - STEP_PX)
    else return
    event.preventDefault()
  }
  const divider = (
    <div
      role="separator"
      aria-label="Width of the panel"
      aria-orientation="vertical"
      aria-valuenow={px}
      aria-valuemin={NARROWEST_PX}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={press}
      className="absolute inset-y-0 -left-2.5 w-4 cursor-col-resize touch-none max-lg:hidden"
    />
  )
  return { style: { '--panel': `${px}px` } as CSSProperties, divider }
}

function within(px: number): number {
  return Math.round(Math.max(NARROWEST_PX, Math.min(window.innerWidth * WIDEST_SHARE, px)))
}
