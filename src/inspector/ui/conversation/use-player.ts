'use client'
import { useEffect, useRef, useState } from 'react'
import type { TimeScale } from '../../model/timeline/time-scale.ts'

export const SPEEDS = [1, 2, 5, 10, 25, 100] as const
export type Speed = (typeof SPEEDS)[number]

/** What is drawn on takes this long at most, however slowly it happened. */
export interface Player {
  isPlaying: boolean
  speed: Speed
  setSpeed(speed: Speed): void
  toggle(): void
}

/** Moves the playhead along the scale: what is folded takes no time. At the end it is at the present again. */
export function usePlayer(scale: TimeScale, time: number | null, onMove: (time: number | null) => void): Player {
  const [isPlaying, setPlaying] = useState(false)
  const [speed, setSpeed] = useState<Speed>(1)
  const newest = useRef({ scale, time, onMove })
  useEffect(() => {
    newest.current = { scale, time, onMove }
  })
  useEffect(() => {
    if (!isPlaying) return
    let last = performance.now()
    let frame = requestAnimationFrame(function move(at) {
      const { scale: current, time: head, onMove: tell } = newest.current
      const place = current.place(head ?? current.start) + ((at - last) * speed) / current.drawnMs
      last = at
      if (place >= 1) {
        setPlaying(false)
        tell(null)
        return
      }
      tell(current.timeAt(place))
      frame = requestAnimationFrame(move)
    })
    return () => cancelAnimationFrame(frame)
  }, [isPlaying, speed])
  const toggle = () => {
    if (!isPlaying && time === null) onMove(scale.start)
    setPlaying(!isPlaying)
  }
  return { isPlaying, speed, setSpeed, toggle }
}
