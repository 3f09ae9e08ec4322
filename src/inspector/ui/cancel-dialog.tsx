'use client'
import { Dialog } from '@base-ui/react/dialog'
import { type FormEvent, useState } from 'react'
import { Button } from '../../web/components/button.tsx'
import { DialogPopup } from '../../web/components/dialog-popup.tsx'
import { TextField } from '../../web/components/text-field.tsx'

interface Props {
  name: string
  disabled: { disabled: boolean; title: string | undefined }
  onCancel(reason: string): void
}

/** Asks why a message is to be taken back before its time. */
export function CancelDialog({ name, disabled, onCancel }: Props) {
  const [isOpen, setOpen] = useState(false)
  const [error, setError] = useState<string>()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget).get('reason')
    const reason = typeof typed === 'string' ? typed.trim() : ''
    if (!reason) return setError('Please give a reason: the next one who looks will want to know.')
    setOpen(false)
    onCancel(reason)
  }
  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open)
        setError(undefined)
      }}
    >
      <Dialog.Trigger render={<Button variant="danger" size="small" {...disabled} aria-label={`Cancel ${name}`} />}>
        Cancel
      </Dialog.Trigger>
      <DialogPopup>
        <Dialog.Title className="text-lg font-semibold">Cancel this message?</Dialog.Title>
        <Dialog.Description className="mt-1 mb-4 text-sm text-muted">
          <span className="font-mono break-words">{name}</span> will not be handled. You can undo this.
        </Dialog.Description>
        <form onSubmit={submit} noValidate className="grid gap-4">
          <TextField label="Reason" name="reason" error={error} autoFocus maxLength={500} />
          <div className="flex justify-end gap-2">
            <Dialog.Close render={<Button variant="quiet" size="small" />}>Keep it</Dialog.Close>
            <Button type="submit" size="small">
              Cancel it
            </Button>
          </div>
        </form>
      </DialogPopup>
    </Dialog.Root>
  )
}
