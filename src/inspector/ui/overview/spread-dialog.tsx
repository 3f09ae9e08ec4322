'use client'
import { Dialog } from '@base-ui/react/dialog'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '../../../web/components/button.tsx'
import { DialogPopup } from '../../../web/components/dialog-popup.tsx'
import { TextField } from '../../../web/components/text-field.tsx'
import { useToasts } from '../../../web/components/toasts.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { onlyOperators } from '../only-operators.ts'
import { useFailureToast } from '../use-outcome-toast.ts'

interface Props {
  subscription: string
  count: number
  mayAct: boolean
}

const FIRST_MINUTES = 30

/** Asks over how long the retries of a handler are spread that would come together. */
export function SpreadDialog({ subscription, count, mayAct }: Props) {
  const [isOpen, setOpen] = useState(false)
  const [error, setError] = useState<string>()
  const { spread, isPending } = useSpread(subscription, () => setOpen(false))
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const minutes = Number(new FormData(event.currentTarget).get('minutes'))
    if (!Number.isInteger(minutes) || minutes < 1 || minutes > 60) return setError('From 1 to 60 whole minutes.')
    setError(undefined)
    spread(minutes)
  }
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger
        render={<Button variant="quiet" size="small" disabled={!mayAct} title={onlyOperators(mayAct)} />}
        aria-label={`Spread the retries of ${subscription}`}
      >
        Spread…
      </Dialog.Trigger>
      <DialogPopup>
        <Dialog.Title className="text-lg font-semibold">Spread these retries?</Dialog.Title>
        <Dialog.Description className="mt-1 mb-4 text-sm text-muted">
          {count.toLocaleString('en')} of <span className="font-mono break-words">{subscription}</span> are due within
          the hour. They come one after the other instead, none earlier than it was due.
        </Dialog.Description>
        <form onSubmit={submit} noValidate className="grid gap-4">
          <TextField
            label="Over how many minutes"
            name="minutes"
            type="number"
            min={1}
            max={60}
            defaultValue={FIRST_MINUTES}
            error={error}
            autoFocus
          />
          <div className="flex justify-end gap-2">
            <Dialog.Close render={<Button variant="quiet" size="small" />}>Leave them</Dialog.Close>
            <Button type="submit" size="small" pending={isPending}>
              Spread them
            </Button>
          </div>
        </form>
      </DialogPopup>
    </Dialog.Root>
  )
}

function useSpread(subscription: string, onDone: () => void) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const toasts = useToasts()
  const onError = useFailureToast()
  const spread = useMutation(
    trpc.inspector.spreadRetries.mutationOptions({
      onSuccess: ({ outcome, count }) => {
        onDone()
        const title = outcome === 'done' && count > 0 ? `${count.toLocaleString('en')} retries are spread` : 'Not done'
        const description =
          outcome === 'protected'
            ? 'That handler must always run as declared.'
            : 'None of them is waiting any more, or each came late enough. Nothing was changed.'
        toasts.add({ title, ...(title === 'Not done' && { description }) })
      },
      onError,
      onSettled: () => client.invalidateQueries(trpc.inspector.overview.pathFilter()),
    }),
  )
  return { spread: (minutes: number) => spread.mutate({ subscription, minutes }), isPending: spread.isPending }
}
