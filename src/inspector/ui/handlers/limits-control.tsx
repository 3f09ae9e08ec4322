'use client'
import { Popover } from '@base-ui/react/popover'
import { type FormEvent, useState } from 'react'
import { Button } from '../../../web/components/button.tsx'
import type { HandlerView, RateView } from '../../model/handler-view.ts'

export interface Limits {
  concurrency: number | null
  rateLimit: RateView | null
}

interface Props {
  handler: HandlerView
  disabled: { disabled: boolean; title: string | undefined }
  onSet(limits: Limits): void
}

const UNITS = [
  [1_000, 'a second'],
  [60_000, 'a minute'],
  [3_600_000, 'an hour'],
] as const

const FIELD = 'h-8 rounded-md border border-field bg-paper px-2 font-mono text-ink'

/** Sets how much of a handler runs at once, and how fast. An empty field keeps what the handler declares. */
export function LimitsControl({ handler, disabled, onSet }: Props) {
  const [isOpen, setOpen] = useState(false)
  const { concurrency, rateLimit, subscription } = handler
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const count = numberIn(form, 'count')
    setOpen(false)
    onSet({
      concurrency: numberIn(form, 'concurrency'),
      rateLimit: count === null ? null : { count, perMs: numberIn(form, 'perMs') ?? 1_000 },
    })
  }
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger
        render={<Button variant="quiet" size="small" {...disabled} aria-label={`Limits of ${subscription}`} />}
      >
        Limits
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="z-40">
          <Popover.Popup className="w-80 rounded-md border border-field bg-raised p-4 shadow-[0_4px_16px_rgb(0_0_0/0.12)] outline-none">
            <Popover.Title className="font-semibold">Limits</Popover.Title>
            <Popover.Description className="mt-1 text-sm text-muted">
              An empty field keeps what the handler declares.
            </Popover.Description>
            <form onSubmit={submit} className="mt-3 grid gap-3 text-sm">
              <label className="flex items-center justify-between gap-2">
                At once, on one node
                <input
                  type="number"
                  name="concurrency"
                  min={1}
                  max={1_000}
                  placeholder={String(concurrency.declared)}
                  defaultValue={concurrency.set ?? ''}
                  className={`${FIELD} w-24`}
                />
              </label>
              <fieldset className="flex items-center gap-2">
                <legend className="sr-only">Rate, on all nodes together</legend>
                <label className="flex flex-1 items-center justify-between gap-2">
                  At most
                  <input
                    type="number"
                    name="count"
                    min={1}
                    max={100_000}
                    placeholder="no limit"
                    defaultValue={rateLimit.set?.count ?? ''}
                    className={`${FIELD} w-24`}
                  />
                </label>
                <select
                  name="perMs"
                  aria-label="In what time"
                  defaultValue={rateLimit.set?.perMs ?? 1_000}
                  className={`${FIELD} font-sans`}
                >
                  {UNITS.map(([perMs, words]) => (
                    <option key={perMs} value={perMs}>
                      {words}
                    </option>
                  ))}
                </select>
              </fieldset>
              <div className="flex gap-2">
                <Button type="submit" size="small">
                  Set limits
                </Button>
              </div>
            </form>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

function numberIn(form: FormData, name: string): number | null {
  const typed = form.get(name)
  return typeof typed === 'string' && typed !== '' ? Number(typed) : null
}
