'use client'
import { type RefObject, useEffect, useRef } from 'react'
import { type Axis, zoomed } from '../../model/timeline/axis.ts'

const PER_PIXEL = 1.002

/** Ctrl and the wheel zoom at the pointer, once a frame; the wheel alone scrolls. */
export function useZoom(
  element: RefObject<HTMLElement | null>,
  axis: Axis,
  onZoom: (zoom: readonly [number, number] | null) => void,
): void {
  const newest = useRef({ axis, onZoom })
  useEffect(() => {
    newest.current = { axis, onZoom }
  })
  useEffect(() => {
    const target = element.current
    if (!target) return
    let turned = 0
    let frame = 0
    const zoom = (clientX: number) => {
      const track = target.querySelector('[data-time-track]')?.getBoundingClientRect()
      if (!track) return
      const around = Math.min(1, Math.max(0, (clientX - track.left) / track.width))
      newest.current.onZoom(zoomed(newest.current.axis, PER_PIXEL ** turned, around))
      turned = 0
      frame = 0
    }
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return
      event.preventDefault()
      turned += event.deltaY
      frame ||= requestAnimationFrame(() => zoom(event.clientX))
    }
    // Not passive: the browser would zoom the page.
    target.addEventListener('wheel', onWheel, { passive: false })
    return () => {
      target.removeEventListener('wheel', onWheel)
      cancelAnimationFrame(frame)
    }
  }, [element])
}
