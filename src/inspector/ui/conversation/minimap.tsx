'use client'
import { type PointerEvent, useEffect, useRef, useState } from 'react'
import { isFailing } from '../../model/failing.ts'
import type { Lights } from '../../model/followed.ts'
import { type Axis, zoomed } from '../../model/timeline/axis.ts'
import type { Timeline } from '../../model/timeline/timeline.ts'
import { useLights } from '../follow/followed-key.ts'

interface Props {
  timeline: Timeline
  axis: Axis
  now: number
  /** Where the playhead is. */
  time: number | null
  onZoom(zoom: readonly [number, number] | null): void
}

const HEIGHT = 56
/** Dragged less far it was a click. */
const CLICK = 0.004

/**
 * Everything at once, one line a delivery. A drag chooses what is shown, or moves an end of it; a double click shows all.
 */
export function Minimap({ timeline, axis, now, time, onZoom }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null)
  useDrawing(canvas, { timeline, axis, now, lights: useLights() })
  const shareOf = ({ currentTarget, clientX }: PointerEvent<HTMLElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect()
    return Math.min(1, Math.max(0, (clientX - left) / width))
  }
  const end = () => {
    if (drag && Math.abs(drag.to - drag.from) > CLICK) {
      const offset = (share: number) => axis.scale.timeAt(share) - axis.scale.start
      onZoom([offset(Math.min(drag.from, drag.to)), offset(Math.max(drag.from, drag.to))])
    }
    setDrag(null)
  }
  const begin = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    const at = shareOf(event)
    // Who takes an end moves it; the other one stays.
    const held = event.target instanceof HTMLElement ? event.target.dataset.end : undefined
    setDrag({ from: held === 'from' ? axis.to : held === 'to' ? axis.from : at, to: at })
  }
  const shown = drag ? { from: Math.min(drag.from, drag.to), to: Math.max(drag.from, drag.to) } : axis
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a short way for the pointer; the buttons and + - 0 do the same
    <div
      className="relative shrink-0 touch-none overflow-hidden rounded-md border border-line bg-raised select-none"
      style={{ height: HEIGHT }}
      title="Drag to choose what is shown, or an end of it to move that. A double click shows all."
      onPointerDown={begin}
      onPointerMove={(event) => drag && setDrag({ ...drag, to: shareOf(event) })}
      onPointerUp={end}
      onPointerCancel={() => setDrag(null)}
      onDoubleClick={() => onZoom(null)}
      onWheel={(event) => event.ctrlKey && onZoom(zoomed(axis, event.deltaY > 0 ? 1.25 : 0.8, 0.5))}
    >
      <canvas ref={canvas} className="absolute inset-0 size-full" />
      {(shown.from > 0 || shown.to < 1) && (
        <>
          <div className="absolute inset-y-0 left-0 bg-paper/75" style={{ width: `${shown.from * 100}%` }} />
          <div className="absolute inset-y-0 right-0 bg-paper/75" style={{ width: `${(1 - shown.to) * 100}%` }} />
          <div
            className="absolute inset-y-0 border-x-2 border-accent"
            style={{ left: `${shown.from * 100}%`, width: `${(shown.to - shown.from) * 100}%` }}
          />
          {(['from', 'to'] as const).map((side) => (
            <div key={side} data-end={side} className="minimap-end" style={{ left: `${shown[side] * 100}%` }} />
          ))}
        </>
      )}
      {time !== null && (
        <div
          className="absolute inset-y-0 border-l-2 border-accent"
          style={{ left: `${axis.scale.place(time) * 100}%` }}
        />
      )}
    </div>
  )
}

interface Drawn {
  timeline: Timeline
  axis: Axis
  now: number
  lights: Lights | null
}

function useDrawing(
  canvas: React.RefObject<HTMLCanvasElement | null>,
  { timeline, axis: { scale }, now, lights }: Drawn,
): void {
  useEffect(() => {
    const element = canvas.current
    if (!element) return
    const draw = () => drawAll(element, { timeline, scale, now, lights })
    draw()
    const size = new ResizeObserver(draw)
    size.observe(element)
    // Colours are read when it is drawn: another theme, another picture.
    const theme = new MutationObserver(draw)
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
      size.disconnect()
      theme.disconnect()
    }
  }, [canvas, timeline, scale, now, lights])
}

function drawAll(canvas: HTMLCanvasElement, drawn: Omit<Drawn, 'axis'> & { scale: Axis['scale'] }): void {
  const { timeline, scale, now, lights } = drawn
  const pen = canvas.getContext('2d')
  if (!pen) return
  const { clientWidth: width, clientHeight: height } = canvas
  canvas.width = Math.round(width * devicePixelRatio)
  canvas.height = Math.round(height * devicePixelRatio)
  pen.scale(devicePixelRatio, devicePixelRatio)
  const style = getComputedStyle(canvas)
  const all = timeline.messages.flatMap((message) => message.deliveries.map((delivery) => ({ message, delivery })))
  const row = Math.max(1, Math.min(4, (height - 8) / Math.max(1, all.length)))
  const placeOf = (index: number) => 4 + (index / all.length) * (height - 8)
  pen.fillStyle = style.getPropertyValue('--accent')
  pen.globalAlpha = 0.25
  for (const [index, { message }] of all.entries())
    if (lights?.message({ messageId: message.id })) pen.fillRect(0, placeOf(index), width, row)
  pen.globalAlpha = 1
  // What fails is drawn last, over the others.
  for (const isLast of [false, true]) {
    for (const [index, { message, delivery }] of all.entries()) {
      if (delivery.state === 'skipped' || isFailing(delivery) !== isLast) continue
      const x = scale.place(message.at) * width
      const end = scale.place(delivery.settledAt ?? Math.max(message.at, Math.min(now, scale.end))) * width
      pen.fillStyle = style.getPropertyValue(`--state-${delivery.state}`)
      pen.fillRect(x, placeOf(index), Math.max(1, end - x), row)
    }
  }
}
