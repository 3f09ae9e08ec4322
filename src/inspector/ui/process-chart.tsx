import clsx from 'clsx'
import { useId } from 'react'
import type { ProcessChart as Chart, ProcessStatus } from '../../bus/index.ts'
import { type Box, type Edge, layOut } from '../model/chart-layout.ts'

interface Props {
  chart: Chart
  /** Paths of the states the instance is in. */
  active: readonly string[]
  status: ProcessStatus
  /** The same in words, for those who do not see the picture. */
  words: string
}

/** The machine of a process with the states its instance is in. */
export function ProcessChart({ chart, active, status, words }: Props) {
  const { width, height, boxes, edges } = layOut(chart)
  const arrow = useId()
  return (
    <div
      role="group"
      aria-label="Statechart"
      tabIndex={0}
      className="overflow-x-auto rounded-md border border-line bg-raised p-3"
    >
      <svg
        role="img"
        aria-label={words}
        viewBox={`0 0 ${width} ${height}`}
        style={{ minWidth: Math.round(width * 0.8), maxWidth: width }}
        className="w-full"
      >
        <defs>
          <marker id={arrow} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0.5L8 4L0 7.5z" className="fill-muted" />
          </marker>
        </defs>
        {boxes.filter(isParent).map((box) => (
          <ParentBox key={box.path} box={box} isActive={active.includes(box.path)} />
        ))}
        {edges.map((edge, index) => (
          <Line key={index} edge={edge} arrow={arrow} />
        ))}
        {boxes
          .filter((box) => !isParent(box))
          .map((box) => (
            <LeafBox key={box.path} box={box} isActive={active.includes(box.path)} status={status} />
          ))}
        {edges.map((edge, index) => (
          <Label key={index} edge={edge} isLive={status === 'running' && active.includes(edge.from)} />
        ))}
      </svg>
    </div>
  )
}

function isParent({ kind }: Box): boolean {
  return kind === 'parent' || kind === 'parallel'
}

function ParentBox({ box: { x, y, width, height, name, kind }, isActive }: { box: Box; isActive: boolean }) {
  return (
    <g>
      <rect
        {...{ x, y, width, height }}
        rx="6"
        className={clsx('fill-paper', isActive ? 'stroke-muted' : 'stroke-line')}
        strokeDasharray={kind === 'parallel' ? '5 4' : undefined}
      />
      <text x={x + 12} y={y + 17} className={clsx('text-xs', isActive ? 'fill-ink' : 'fill-muted')}>
        {name}
      </text>
    </g>
  )
}

interface LeafProps {
  box: Box
  isActive: boolean
  status: ProcessStatus
}

function LeafBox({ box, isActive, status }: LeafProps) {
  const { x, y, width, height, name, kind } = box
  const isFinal = kind === 'final'
  const mark = !isActive ? null : !isFinal ? 'here' : status === 'failed' ? 'failed' : 'done'
  return (
    <g>
      <rect
        {...{ x, y, width, height }}
        rx={isFinal ? height / 2 : 6}
        strokeWidth={isActive ? 2 : 1}
        className={clsx(
          'fill-raised',
          mark === null && 'stroke-line',
          mark === 'here' && 'stroke-state-running',
          mark === 'done' && 'stroke-state-succeeded',
          mark === 'failed' && 'stroke-state-dead',
        )}
      />
      <Mark mark={mark} x={x + 15} y={y + height / 2} />
      <text
        x={x + 27}
        y={y + height / 2 + 4}
        className={clsx('font-mono text-xs', isActive ? 'fill-ink font-medium' : 'fill-muted')}
      >
        {name}
      </text>
    </g>
  )
}

function Mark({ mark, x, y }: { mark: 'here' | 'done' | 'failed' | null; x: number; y: number }) {
  switch (mark) {
    case null:
      return <circle cx={x} cy={y} r="3" className="fill-none stroke-line" />
    case 'here':
      return <circle cx={x} cy={y} r="4" className="fill-state-running" />
    case 'done':
      return <path d={`M${x - 4} ${y}l3 3 5-6`} className="fill-none stroke-state-succeeded" strokeWidth="2" />
    case 'failed':
      return <path d={`M${x - 3} ${y - 3}l6 6m0-6l-6 6`} className="stroke-state-dead" strokeWidth="2" />
  }
}

function Line({ edge: { line, cause }, arrow }: { edge: Edge; arrow: string }) {
  return (
    <path
      d={line}
      markerEnd={`url(#${arrow})`}
      strokeDasharray={cause === 'time-out' ? '4 3' : undefined}
      className="fill-none stroke-muted"
    />
  )
}

function Label({ edge: { label, labelAt, cause }, isLive }: { edge: Edge; isLive: boolean }) {
  const { x, y } = labelAt
  return (
    <g className={isLive ? 'fill-ink' : 'fill-muted'}>
      {cause === 'time-out' && (
        <g className={clsx('fill-none', isLive ? 'stroke-ink' : 'stroke-muted')}>
          <circle cx={x + 4} cy={y - 4} r="4.5" />
          <path d={`M${x + 4} ${y - 6.5}v2.5h2`} />
        </g>
      )}
      <text x={cause === 'time-out' ? x + 13 : x} y={y} className="text-[11px]">
        {label}
      </text>
    </g>
  )
}
