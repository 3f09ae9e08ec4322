'use client'
import { Popover } from '@base-ui/react/popover'
import { Zap } from 'lucide-react'
import { type FormEvent, useRef, useState } from 'react'
import { Button } from '../../web/components/button.tsx'
import type { FaultView } from '../model/view.ts'
import type { Actions } from './use-actions.ts'

interface Props {
  subscription: string
  fault: FaultView | null
  actions: Actions
}

/** Tells a handler to fail or to be slow, to see what happens then. Holds for all its deliveries. */
export function FaultControl({ subscription, fault, actions }: Props) {
  const [isOpen, setOpen] = useState(false)
  const [mode, setMode] = useState<FaultView['mode']>('fail-times')
  const trigger = useRef<HTMLButtonElement>(null)
  const set = (chosen: FaultView | null) => {
    setOpen(false)
    // Whoever chose by keyboard goes on from here.
    trigger.current?.focus()
    actions.setFault(subscription, chosen)
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    if (mode === 'always') set({ mode })
    else if (mode === 'slow') set({ mode, delayMs: Number(form.get('delayMs')) })
    else set({ mode, remaining: Number(form.get('times')) })
  }
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger
        ref={trigger}
        className="-my-0.5 inline-flex h-7 items-center gap-1.5 rounded px-2 text-xs text-muted hover:bg-tint hover:text-ink"
      >
        <Zap size={12} aria-hidden="true" />
        Make it misbehave
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="start" className="z-40">
          <Popover.Popup
            finalFocus={trigger}
            className="w-72 rounded-md border border-field bg-raised p-4 shadow-[0_4px_16px_rgb(0_0_0/0.12)] outline-none"
          >
            <Popover.Title className="font-semibold">Make it misbehave</Popover.Title>
            <Popover.Description className="mt-1 text-sm text-muted">
              Holds for every delivery of this handler, until it is used up or stopped.
            </Popover.Description>
            <form onSubmit={submit} className="mt-3 grid gap-3 text-sm">
              <fieldset className="grid gap-2">
                <legend className="sr-only">How</legend>
                <Mode value="fail-times" chosen={mode} onChoose={setMode}>
                  Fail the next times
                </Mode>
                {mode === 'fail-times' && <NumberField label="times" name="times" first={3} max={100} />}
                <Mode value="always" chosen={mode} onChoose={setMode}>
                  Always fail
                </Mode>
                <Mode value="slow" chosen={mode} onChoose={setMode}>
                  Be slow
                </Mode>
                {mode === 'slow' && <NumberField label="milliseconds" name="delayMs" first={3_000} max={60_000} />}
              </fieldset>
              <div className="flex gap-2">
                <Button type="submit" size="small">
                  Set fault
                </Button>
                {fault && (
                  <Button variant="quiet" size="small" onClick={() => set(null)}>
                    Stop fault
                  </Button>
                )}
              </div>
            </form>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

interface ModeProps {
  value: FaultView['mode']
  chosen: FaultView['mode']
  onChoose(mode: FaultView['mode']): void
  children: string
}

function Mode({ value, chosen, onChoose, children }: ModeProps) {
  return (
    <label className="flex items-center gap-2">
      <input type="radio" name="mode" value={value} checked={value === chosen} onChange={() => onChoose(value)} />
      {children}
    </label>
  )
}

function NumberField({ label, name, first, max }: { label: string; name: string; first: number; max: number }) {
  return (
    <label className="ml-6 flex items-center gap-2 text-muted">
      <input
        type="number"
        name={name}
        defaultValue={first}
        min={1}
        max={max}
        required
        className="h-8 w-24 rounded border border-field bg-paper px-2 font-mono text-ink"
      />
      {label}
    </label>
  )
}
