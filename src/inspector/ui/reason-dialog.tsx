'use client'
import { Dialog } from '@base-ui/react/dialog'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from '../../web/components/button.tsx'
import { DialogPopup } from '../../web/components/dialog-popup.tsx'
import { TextField } from '../../web/components/text-field.tsx'

interface Props {
  /** On the button that asks. */
  does: string
  /** What the button is called, where its word alone does not say of what. */
  label?: string
  disabled: { disabled: boolean; title: string | undefined }
  title: string
  /** What comes of it. */
  children: ReactNode
  onConfirm(reason: string): void
}

/** Asks why something is to be given up. */
export function ReasonDialog({ does, label, disabled, title, children, onConfirm }: Props) {
  const [isOpen, setOpen] = useState(false)
  const [error, setError] = useState<string>()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget).get('reason')
    const reason = typeof typed === 'string' ? typed.trim() : ''
    if (!reason) return setError('Please give a reason: the next one who looks will want to know.')
    setOpen(false)
    onConfirm(reason)
  }
  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open)
        setError(undefined)
      }}
    >
      <Dialog.Trigger render={<Button variant="danger" size="small" {...disabled} aria-label={label} />}>
        {does}
      </Dialog.Trigger>
      <DialogPopup>
        <Dialog.Title className="text-lg font-semibold">{title}</Dialog.Title>
        <Dialog.Description className="mt-1 mb-4 text-sm text-muted">{children} You can undo this.</Dialog.Description>
        <form onSubmit={submit} noValidate className="grid gap-4">
          <TextField label="Reason" name="reason" error={error} autoFocus maxLength={500} />
          <div className="flex justify-end gap-2">
            <Dialog.Close render={<Button variant="quiet" size="small" />}>Keep it</Dialog.Close>
            <Button type="submit" size="small">
              {does} it
            </Button>
          </div>
        </form>
      </DialogPopup>
    </Dialog.Root>
  )
}
