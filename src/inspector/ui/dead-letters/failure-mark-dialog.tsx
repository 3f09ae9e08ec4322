'use client'
import { Dialog } from '@base-ui/react/dialog'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '../../../web/components/button.tsx'
import { TextField } from '../../../web/components/text-field.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import type { DeadLetterGroup } from '../../model/dead-letters.ts'
import { MARK_STATES, type MarkState } from '../../model/failure-status.ts'
import { onlyOperators } from '../only-operators.ts'

const MEANINGS: Record<MarkState, string> = {
  new: 'Nobody has looked yet',
  acknowledged: 'Somebody is on it',
  resolved: 'The cause is gone; if it happens again, it counts as regressed',
  ignored: 'It does not matter, until more of it comes',
}

/** Says how a kind of failure stands, whose it is, and what is known of it. */
export function FailureMarkDialog({ group, mayAct }: { group: DeadLetterGroup; mayAct: boolean }) {
  const [isOpen, setOpen] = useState(false)
  const title = onlyOperators(mayAct)
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger render={<Button variant="quiet" size="small" disabled={!mayAct} title={title} />}>
        Assign, note…
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[min(480px,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-md border border-field bg-raised p-6 outline-none">
          <Dialog.Title className="text-lg font-semibold">How does it stand?</Dialog.Title>
          <MarkForm group={group} onDone={() => setOpen(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function MarkForm({ group: { fingerprint, mark }, onDone }: { group: DeadLetterGroup; onDone(): void }) {
  const [state, setState] = useState<MarkState>(mark?.state ?? 'acknowledged')
  const { save, problem, isPending } = useMark(onDone)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const textOf = (name: string) => {
      const typed = form.get(name)
      return (typeof typed === 'string' && typed.trim()) || null
    }
    const more = Math.max(1, Math.round(Number(form.get('ignoreMore'))) || 1)
    const ignoreMore = state === 'ignored' ? more : null
    save({ fingerprint, state, owner: textOf('owner'), note: textOf('note'), ignoreMore })
  }
  return (
    <form onSubmit={submit} className="mt-4 grid gap-4">
      <fieldset className="grid gap-2 text-sm">
        <legend className="sr-only">State</legend>
        {MARK_STATES.map((each) => (
          <label key={each} className="flex items-baseline gap-2">
            <input type="radio" name="state" value={each} checked={state === each} onChange={() => setState(each)} />
            <span>
              <span className="font-medium">{each}</span> <span className="text-muted">{MEANINGS[each]}</span>
            </span>
          </label>
        ))}
        {state === 'ignored' && (
          <label className="ml-6 flex items-center gap-2">
            Until
            <input
              type="number"
              name="ignoreMore"
              defaultValue={mark?.ignoreMore ?? 100}
              min={1}
              max={100_000}
              className="h-8 w-24 rounded border border-field bg-paper px-2 font-mono"
            />
            more have died of it
          </label>
        )}
      </fieldset>
      <TextField label="Owner" name="owner" defaultValue={mark?.owner ?? ''} maxLength={80} />
      <label className="grid gap-1.5 text-sm font-medium">
        Note
        <textarea
          name="note"
          defaultValue={mark?.note ?? ''}
          maxLength={1_000}
          rows={3}
          className="rounded-md border border-field bg-raised px-3 py-2 font-normal"
        />
      </label>
      {problem && (
        <p role="alert" className="text-sm text-danger">
          {problem}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Dialog.Close render={<Button variant="quiet" size="small" />}>Cancel</Dialog.Close>
        <Button type="submit" size="small" pending={isPending}>
          Save
        </Button>
      </div>
    </form>
  )
}

function useMark(onDone: () => void) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [problem, setProblem] = useState<string>()
  const { mutate, isPending } = useMutation(
    trpc.inspector.markFailure.mutationOptions({
      onSuccess: async ({ outcome }) => {
        if (outcome === 'unknown') return setProblem('Nothing has died of this. Nothing was changed.')
        await Promise.all([
          client.invalidateQueries({ queryKey: trpc.inspector.deadLetters.queryKey() }),
          client.invalidateQueries({ queryKey: trpc.inspector.deadLetterGroup.queryKey() }),
        ])
        onDone()
      },
      onError: (error) => setProblem(`${error.message} Nothing was changed.`),
    }),
  )
  return { save: mutate, problem, isPending }
}
