'use client'
import { useState } from 'react'
import { formatMs } from '../../model/durations.ts'
import type { Sequence } from '../../model/timeline/sequence.ts'
import { LANE_PX, STEP_PX } from '../../model/timeline/sequence-drawing.ts'
import { SequenceDetail } from './sequence-detail.tsx'
import { SequenceRow } from './sequence-row.tsx'
import { useWalkedGrid } from './use-walked-grid.ts'

interface Props {
  sequence: Sequence
  /** Where the playhead is; null at the present. */
  time: number | null
  selected: string | null
  onSelect(id: string): void
}

/** Who sent what to whom, and when each of them came to it: time runs down, one step a row. */
export function SequenceView({ sequence, time, selected, onSelect }: Props) {
  const { lanes, steps, start } = sequence
  const [lit, setLit] = useState<string | null>(null)
  const { grid, view, index, goTo } = useWalkedGrid(steps, {
    rowPx: STEP_PX,
    selected,
    onSelect,
    elsewhere: (key, at) => counterpart(sequence, key, at),
    idAt: (at) => `step-${at}`,
  })
  const current = steps[index]
  const shown = lit ?? (current && current.kind !== 'gap' ? current.message.id : null)
  const width = lanes.length * LANE_PX
  return (
    <>
      <div
        {...grid}
        role="grid"
        aria-label="Sequence"
        onKeyDown={(event) => {
          // What was pointed at last stays lit, and told of, until the keys lead elsewhere.
          setLit(null)
          grid.onKeyDown(event)
        }}
        className="sequence min-h-80 flex-1 overflow-auto overscroll-contain rounded-md border border-line bg-raised"
      >
        <div
          role="row"
          aria-rowindex={1}
          className="sequence-head text-xs"
          style={{ width: `calc(5.5rem + ${width}px)` }}
        >
          <div role="columnheader" className="sequence-time text-muted">
            Time
          </div>
          {lanes.map((name) => (
            <div key={name} role="columnheader" title={name} className="truncate px-2 text-center font-semibold">
              {name}
            </div>
          ))}
        </div>
        <div
          role="rowgroup"
          className="sequence-lanes"
          style={{ height: steps.length * STEP_PX, width: `calc(5.5rem + ${width}px)` }}
        >
          {steps.slice(view.from, view.to).map((step, offset) => {
            const place = view.from + offset
            return (
              <SequenceRow
                key={step.key}
                step={step}
                index={place}
                lanes={lanes}
                offset={step.kind === 'gap' ? null : `+${formatMs(step.at - start)}`}
                delta={deltaAt(sequence, place)}
                isLater={time !== null && step.kind !== 'gap' && step.at > time}
                isLit={step.kind !== 'gap' && step.message.id === shown}
                isSelected={place === index}
                onLook={setLit}
                onSelect={goTo}
              />
            )
          })}
        </div>
        {steps.length === 0 && <p className="p-4 text-sm text-muted">Nothing here is like that.</p>}
      </div>
      {steps.length > 0 && <SequenceDetail sequence={sequence} messageId={shown} index={index} onSelect={goTo} />}
    </>
  )
}

/** How long after the step before it. */
function deltaAt({ steps }: Sequence, index: number): string | null {
  const [before, step] = [steps[index - 1], steps[index]]
  if (!before || !step || before.kind === 'gap' || step.kind === 'gap') return null
  return `${formatMs(step.at - before.at)} later`
}

/** Right: where what was sent is handled. Left: where what is handled was sent. */
function counterpart({ steps }: Sequence, key: string, index: number): number | null {
  const step = steps[index]
  if (!step || step.kind === 'gap' || (key !== 'ArrowLeft' && key !== 'ArrowRight')) return null
  const wanted = key === 'ArrowLeft' ? 'send' : 'handle'
  if (step.kind === wanted) return index
  const found = steps.findIndex((each) => each.kind === wanted && each.message.id === step.message.id)
  return found === -1 ? index : found
}
