import clsx from 'clsx'
import { memo } from 'react'
import { formatMs } from '../../model/durations.ts'
import type { SequenceStep } from '../../model/timeline/sequence.ts'
import {
  describeStep,
  drawStep,
  LANE_PX,
  type Shape,
  STEP_PX,
  type Tone,
} from '../../model/timeline/sequence-drawing.ts'
import { useLights } from '../follow/followed-key.ts'
import { lit } from '../follow/lit.ts'

interface Props {
  step: SequenceStep
  index: number
  lanes: readonly string[]
  offset: string | null
  delta: string | null
  isLater: boolean
  /** Belongs to the message that is looked at. */
  isLit: boolean
  isSelected: boolean
  onLook(messageId: string): void
  onSelect(index: number): void
}

export const SequenceRow = memo(function Row(props: Props) {
  const { step, index, lanes, offset, delta, isLater, isLit, isSelected, onLook, onSelect } = props
  const lights = useLights()
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it has the keys
    <div
      role="row"
      id={`step-${index}`}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      {...(step.kind !== 'gap' && lit(lights?.message({ messageId: step.message.id })))}
      className={clsx('sequence-row', isLit && 'sequence-lit', isLater && 'opacity-35')}
      style={{ top: index * STEP_PX, height: STEP_PX }}
      onPointerEnter={() => step.kind !== 'gap' && onLook(step.message.id)}
      onClick={() => step.kind !== 'gap' && onSelect(index)}
    >
      <div role="gridcell" className="sequence-time font-mono text-[0.6875rem] leading-4 text-muted">
        {step.kind === 'gap' ? (
          <span className="whitespace-nowrap">⋯ {formatMs(step.ms)} later</span>
        ) : (
          <>
            <span className="text-ink">{offset}</span>
            <span>{delta}</span>
          </>
        )}
      </div>
      <div role="gridcell" aria-label={describeStep(step, lanes)} title={describeStep(step, lanes)}>
        <svg width={lanes.length * LANE_PX} height={STEP_PX} aria-hidden="true">
          {drawStep(step).map((shape, place) => (
            <Mark key={place} shape={shape} />
          ))}
        </svg>
      </div>
    </div>
  )
})

function Mark({ shape }: { shape: Shape }) {
  if (shape.tag === 'text') {
    const { x, y, text, tone, anchor, isBold } = shape
    return (
      <text x={x} y={y} textAnchor={anchor} fill={colour(tone)} fontWeight={isBold ? 600 : undefined}>
        {text}
      </text>
    )
  }
  const { d, stroke, fill, isDashed } = shape
  return (
    <path
      d={d}
      fill={fill ? colour(fill) : 'none'}
      stroke={stroke && colour(stroke)}
      strokeWidth={1.5}
      strokeDasharray={isDashed ? '5 4' : undefined}
    />
  )
}

function colour(tone: Tone): string {
  return `var(--${tone})`
}
