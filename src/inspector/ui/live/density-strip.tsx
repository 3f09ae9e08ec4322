'use client'
import { useQuery } from '@tanstack/react-query'
import { type PointerEvent, useState } from 'react'
import { localTime } from '../../../web/time-words.ts'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { type Density, heightOf, stretchOf } from '../../model/density.ts'

const EVERY_MS = 5_000
const HEIGHT = 32

/** What was sent in the last two hours, a bar for each minute, and in red where attempts failed. A drag asks for a stretch of it. */
export function DensityStrip({ onChoose }: { onChoose(stretch: { fromMs: number; toMs: number }): void }) {
  const trpc = useTRPC()
  const { data } = useQuery(trpc.inspector.density.queryOptions(undefined, { refetchInterval: EVERY_MS }))
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null)
  if (!data) return <div className="mb-2 h-12 max-sm:hidden" />
  const begin = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    const at = shareAt(event)
    setDrag({ from: at, to: at })
  }
  const end = () => {
    if (drag) onChoose(stretchOf(data, drag.from, drag.to))
    setDrag(null)
  }
  return (
    <div className="mb-2 max-sm:hidden">
      <div
        role="img"
        aria-label={summaryOf(data)}
        title="Drag to see a stretch of time"
        onPointerDown={begin}
        onPointerMove={(event) => drag && setDrag({ ...drag, to: shareAt(event) })}
        onPointerUp={end}
        onPointerCancel={() => setDrag(null)}
        className="relative cursor-crosshair touch-none border-b border-line select-none"
      >
        <Bars density={data} />
        {drag && (
          <span
            className="absolute inset-y-0 border-x border-accent bg-[color-mix(in_srgb,var(--accent)_18%,transparent)]"
            style={{
              left: `${Math.min(drag.from, drag.to) * 100}%`,
              width: `${Math.abs(drag.to - drag.from) * 100}%`,
            }}
          />
        )}
      </div>
      <div className="flex justify-between pt-0.5 text-[0.6875rem] leading-3 text-muted">
        <span className="font-mono">{localTime(new Date(data.fromMs)).slice(0, 5)}</span>
        <span>messages by the minute</span>
        <span>now</span>
      </div>
    </div>
  )
}

function Bars({ density: { sent, failed } }: { density: Density }) {
  const highest = Math.max(...sent, ...failed)
  return (
    <svg
      viewBox={`0 0 ${sent.length} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className="block h-8 w-full"
    >
      {sent.map((count, index) => {
        const height = heightOf(count, highest) * HEIGHT
        const trouble = heightOf(failed[index] ?? 0, highest) * HEIGHT
        return (
          <g key={index}>
            <rect x={index + 0.1} width={0.8} y={HEIGHT - height} height={height} className="fill-field" />
            <rect x={index + 0.1} width={0.8} y={HEIGHT - trouble} height={trouble} className="fill-state-dead" />
          </g>
        )
      })}
    </svg>
  )
}

function shareAt({ currentTarget, clientX }: PointerEvent<HTMLDivElement>): number {
  const { left, width } = currentTarget.getBoundingClientRect()
  return Math.min(1, Math.max(0, (clientX - left) / width))
}

function summaryOf({ sent, failed }: Density): string {
  const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0).toLocaleString('en')
  return `In the last two hours ${sum(sent)} messages were sent, and ${sum(failed)} attempts failed.`
}
