'use client'
import { X } from 'lucide-react'
import { type FormEvent, type RefObject, useState } from 'react'
import { Button } from '../../../web/components/button.tsx'
import { setTaste, useTaste } from '../../../web/taste.ts'
import {
  BUILT_IN,
  isPayload,
  type LiveColumn,
  MOST_PAYLOAD_COLUMNS,
  readColumns,
  titleOf,
  toggled,
} from '../../model/live-columns.ts'
import { AnchoredPopover } from './anchored-popover.tsx'

interface Columns {
  columns: readonly LiveColumn[]
  onChange(columns: readonly LiveColumn[]): void
}

interface Props extends Columns {
  button: RefObject<HTMLElement | null>
  onOpenChange(isOpen: boolean): void
}

/** What the list shows of each message, also values of its payload. */
export function ColumnChoice({ columns, onChange, button, onOpenChange }: Props) {
  const payloads = columns.filter(isPayload)
  return (
    <AnchoredPopover
      title="Columns"
      button={button}
      onOpenChange={onOpenChange}
      className="w-72 rounded-md border border-field bg-raised p-4 text-sm"
    >
      <fieldset className="mt-2 grid gap-1.5">
        <legend className="sr-only">Of every message</legend>
        {BUILT_IN.map((each) => (
          <label key={each} className="flex items-center gap-2">
            <input type="checkbox" checked={columns.includes(each)} onChange={() => onChange(toggled(columns, each))} />
            {titleOf(each)}
          </label>
        ))}
        <SinceBefore />
      </fieldset>
      {payloads.length > 0 && (
        <ul aria-label="Values of payloads" className="mt-3 grid gap-1 border-t border-line pt-3">
          {payloads.map((each) => (
            <li key={each} className="flex items-center justify-between gap-2">
              <span className="truncate font-mono text-xs">{each}</span>
              <button
                type="button"
                aria-label={`Remove ${each}`}
                onClick={() => onChange(toggled(columns, each))}
                className="flex size-6 items-center justify-center rounded text-muted hover:bg-tint hover:text-ink"
              >
                <X size={14} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <AddPayload columns={columns} onChange={onChange} isFull={payloads.length >= MOST_PAYLOAD_COLUMNS} />
    </AnchoredPopover>
  )
}

/** How the time is told; like other tastes it is not part of the address. */
function SinceBefore() {
  const { rowTimes } = useTaste()
  return (
    <label className="mt-1.5 flex items-center gap-2 border-t border-line pt-3">
      <input
        type="checkbox"
        checked={rowTimes === 'delta'}
        onChange={({ target }) => setTaste({ rowTimes: target.checked ? 'delta' : 'moment' })}
      />
      Time since the row before
    </label>
  )
}

function AddPayload({ columns, onChange, isFull }: Columns & { isFull: boolean }) {
  const [problem, setProblem] = useState<string>()
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget).get('path')
    const path = (typeof typed === 'string' ? typed : '').trim().replace(/^payload\./, '')
    const [column] = readColumns(`payload.${path}`)
    if (!column) return setProblem('Write the names from outside in, with dots: lines.0.sku')
    setProblem(undefined)
    event.currentTarget.reset()
    if (!columns.includes(column)) onChange(toggled(columns, column))
  }
  if (isFull) return <p className="mt-3 text-xs text-muted">More values do not fit beside the rest.</p>
  return (
    <form onSubmit={add} className="mt-3 border-t border-line pt-3">
      <label className="grid gap-1 text-xs text-muted">
        A value of the payload
        <span className="flex gap-2">
          <input
            name="path"
            placeholder="userId"
            maxLength={120}
            spellCheck={false}
            autoComplete="off"
            aria-describedby={problem ? 'column-problem' : undefined}
            className="h-8 min-w-0 flex-1 rounded-md border border-field bg-paper px-2 font-mono text-xs text-ink placeholder:text-muted"
          />
          <Button type="submit" variant="quiet" size="small">
            Add
          </Button>
        </span>
      </label>
      {problem && (
        <p id="column-problem" role="alert" className="mt-1 text-xs text-danger">
          {problem}
        </p>
      )}
    </form>
  )
}
