'use client'
import { type RefObject, useEffect, useRef } from 'react'
import { formatMs } from '../../model/durations.ts'
import type { Axis } from '../../model/timeline/axis.ts'

interface Props {
  scroller: RefObject<HTMLElement | null>
  axis: Axis
  /** Where the playhead is. */
  time: number | null
}

/** Beyond it the words of the cursor stand at its left, so that they never leave the view. */
const EDGE = 0.7

/** Over all rows: the line that follows the pointer, the playhead, and where idle time is folded. */
export function TimeCursor({ scroller, axis, time }: Props) {
  const layer = useRef<HTMLDivElement>(null)
  const line = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const [element, track, cursor] = [scroller.current, layer.current, line.current]
    if (!element || !track || !cursor) return
    const show = ({ clientX }: PointerEvent) => {
      const { left, width } = track.getBoundingClientRect()
      const share = (clientX - left) / width
      cursor.hidden = share < 0 || share > 1
      cursor.style.left = `${share * 100}%`
      cursor.dataset.side = share > EDGE ? 'left' : 'right'
      const at = axis.timeAt(share)
      cursor.dataset.words = `+${formatMs(Math.max(0, at - axis.scale.start))} · ${wallTime(at)}`
    }
    const hide = () => {
      cursor.hidden = true
    }
    element.addEventListener('pointermove', show)
    element.addEventListener('pointerleave', hide)
    return () => {
      element.removeEventListener('pointermove', show)
      element.removeEventListener('pointerleave', hide)
    }
  }, [scroller, axis])
  const head = time === null ? null : axis.share(time)
  return (
    <div ref={layer} className="absolute inset-0 font-mono" data-time-track>
      <Scale axis={axis} />
      {axis.scale.folds.map((fold) => {
        const [begin, end] = [axis.share(fold.from), axis.share(fold.to)]
        if (end < 0 || begin > 1) return null
        return (
          <div
            key={fold.from}
            className="time-fold"
            title={`${formatMs(fold.to - fold.from)} in which nothing happened`}
            style={{ left: `${Math.max(0, begin) * 100}%`, width: `${(Math.min(1, end) - Math.max(0, begin)) * 100}%` }}
          >
            <span>{formatMs(fold.to - fold.from)}</span>
          </div>
        )
      })}
      {head !== null && head <= 1 && <div className="time-later" style={{ left: `${Math.max(0, head) * 100}%` }} />}
      <div ref={line} className="time-cursor" hidden />
    </div>
  )
}

/** What the left edge and the right edge of the view mean. */
function Scale({ axis }: { axis: Axis }) {
  const offset = (share: number) => formatMs(Math.max(0, Math.round(axis.timeAt(share) - axis.scale.start)))
  return (
    <div className="flex h-full items-center justify-between px-1 text-[0.6875rem]">
      <span>{offset(0)}</span>
      <span>{offset(1)}</span>
    </div>
  )
}

function wallTime(at: number): string {
  const date = new Date(at)
  const pad = (value: number, width = 2) => String(value).padStart(width, '0')
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}.${pad(date.getMilliseconds(), 3)}`
}
