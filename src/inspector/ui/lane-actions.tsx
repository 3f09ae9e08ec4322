'use client'
import { Dialog } from '@base-ui/react/dialog'
import { type FormEvent, useState } from 'react'
import { Button } from '../../web/components/button.tsx'
import { DialogPopup } from '../../web/components/dialog-popup.tsx'
import { TextField } from '../../web/components/text-field.tsx'
import type { LaneView } from '../model/view.ts'
import { onlyOperators } from './only-operators.ts'
import type { Actions } from './use-actions.ts'

interface Props {
  lane: LaneView
  mayAct: boolean
  actions: Actions
}

/** What can be done about a delivery that was given up. What is not allowed is disabled, and says why. */
export function LaneActions({ lane, mayAct, actions }: Props) {
  // Not while it is busy: a button that is disabled under its reader's hands loses the focus.
  const disabled = { disabled: !mayAct, title: onlyOperators(mayAct) }
  if (lane.state === 'discarded') {
    return (
      <Button variant="quiet" size="small" {...disabled} onClick={() => actions.undo(lane.deliveryId)}>
        Undo
      </Button>
    )
  }
  if (lane.parkedReason !== null) {
    return (
      <Button variant="quiet" size="small" {...disabled} onClick={() => actions.unpark(lane.deliveryId)}>
        Unpark
      </Button>
    )
  }
  if (lane.state !== 'dead') return null
  return (
    <>
      <Button size="small" {...disabled} onClick={() => actions.retry(lane.deliveryId)}>
        Retry
      </Button>
      <DiscardDialog disabled={disabled} onDiscard={(reason) => actions.discard(lane.deliveryId, reason)} />
    </>
  )
}

interface DiscardDialogProps {
  disabled: { disabled: boolean; title: string | undefined }
  onDiscard(reason: string): void
}

function DiscardDialog({ disabled, onDiscard }: DiscardDialogProps) {
  const [isOpen, setOpen] = useState(false)
  const [error, setError] = useState<string>()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget).get('reason')
    const reason = typeof typed === 'string' ? typed.trim() : ''
    if (!reason) return setError('Please give a reason: the next one who looks will want to know.')
    setOpen(false)
    onDiscard(reason)
  }
  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open)
        setError(undefined)
      }}
    >
      <Dialog.Trigger render={<Button variant="danger" size="small" {...disabled} />}>Discard</Dialog.Trigger>
      <DialogPopup>
        <Dialog.Title className="text-lg font-semibold">Discard this delivery?</Dialog.Title>
        <Dialog.Description className="mt-1 mb-4 text-sm text-muted">
          Its handler will not run. You can undo this.
        </Dialog.Description>
        <form onSubmit={submit} noValidate className="grid gap-4">
          <TextField label="Reason" name="reason" error={error} autoFocus maxLength={500} />
          <div className="flex justify-end gap-2">
            <Dialog.Close render={<Button variant="quiet" size="small" />}>Keep it</Dialog.Close>
            <Button type="submit" size="small">
              Discard it
            </Button>
          </div>
        </form>
      </DialogPopup>
    </Dialog.Root>
  )
}
