'use client'
import { Popover } from '@base-ui/react/popover'
import { type FormEvent, useState } from 'react'
import { Button } from '../../web/components/button.tsx'
import { toLocalField } from '../model/scheduled-view.ts'

interface Props {
  name: string
  dueAt: string
  disabled: { disabled: boolean; title: string | undefined }
  onReschedule(at: string): void
}

/** Gives a message another time; one that has passed means at once. */
export function RescheduleControl({ name, dueAt, disabled, onReschedule }: Props) {
  const [isOpen, setOpen] = useState(false)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget).get('at')
    if (typeof typed !== 'string' || typed === '') return
    setOpen(false)
    onReschedule(new Date(typed).toISOString())
  }
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger render={<Button variant="quiet" size="small" {...disabled} aria-label={`Reschedule ${name}`} />}>
        Reschedule
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="z-40">
          <Popover.Popup className="w-72 rounded-md border border-field bg-raised p-4 shadow-[0_4px_16px_rgb(0_0_0/0.12)] outline-none">
            <Popover.Title className="font-semibold">Reschedule</Popover.Title>
            <form onSubmit={submit} className="mt-3 grid gap-3 text-sm">
              <label className="grid gap-1">
                Due at, your time
                <input
                  type="datetime-local"
                  name="at"
                  required
                  defaultValue={toLocalField(dueAt)}
                  className="h-9 rounded-md border border-field bg-paper px-2 font-mono text-ink"
                />
              </label>
              <div className="flex flex-wrap gap-2">
                <Button type="submit" size="small">
                  Set time
                </Button>
                <Button
                  variant="quiet"
                  size="small"
                  onClick={() => {
                    setOpen(false)
                    onReschedule(new Date().toISOString())
                  }}
                >
                  Now
                </Button>
              </div>
            </form>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
