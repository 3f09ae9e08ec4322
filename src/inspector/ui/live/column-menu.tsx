'use client'
import { Popover } from '@base-ui/react/popover'
import { Columns3, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button } from '../../../web/components/button.tsx'
import {
  BUILT_IN,
  isPayload,
  type LiveColumn,
  MOST_PAYLOAD_COLUMNS,
  readColumns,
  titleOf,
  toggled,
} from '../../model/live-columns.ts'

interface Props {
  columns: readonly LiveColumn[]
  onChange(columns: readonly LiveColumn[]): void
}

/** Chooses what the list shows of each message, also values of its payload. */
export function ColumnMenu({ columns, onChange }: Props) {
  const payloads = columns.filter(isPayload)
  return (
    <Popover.Root>
      <Popover.Trigger render={<Button variant="quiet" size="small" className="max-sm:hidden" />}>
        <Columns3 size={14} aria-hidden="true" /> Columns
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="z-40">
          <Popover.Popup className="w-72 rounded-md border border-field bg-raised p-4 text-sm">
            <Popover.Title className="font-semibold">Columns</Popover.Title>
            <fieldset className="mt-2 grid gap-1.5">
              <legend className="sr-only">Of every message</legend>
              {BUILT_IN.map((each) => (
                <label key={each} className="flex items-center gap-2">
                  <input
                    type="checkbox"
                    checked={columns.includes(each)}
                    onChange={() => onChange(toggled(columns, each))}
                    className="size-4 accent-accent"
                  />
                  {titleOf(each)}
                </label>
              ))}
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
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

function AddPayload({ columns, onChange, isFull }: Props & { isFull: boolean }) {
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
