'use client'
import { Dialog } from '@base-ui/react/dialog'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type FormEvent, useEffect, useState } from 'react'
import { Button } from '../../web/components/button.tsx'
import { TextField } from '../../web/components/text-field.tsx'
import { newKey } from '../../web/new-key.ts'
import { useTRPC } from '../../web/trpc/client.tsx'
import type { Pace, Staging } from '../model/operation.ts'
import { selectionWords } from '../model/selection-words.ts'
import type { Selection } from '../operation-messages.ts'
import { BlastRadius } from './blast-radius.tsx'
import { PaceFields, stagesOf } from './pace-fields.tsx'

interface Props {
  kind: 'retry' | 'discard'
  selection: Selection
  /** Of a retry: the stages that are proposed. */
  staging?: Staging | undefined
}

/** Who discards more has to say that they mean so many. */
const MOST_UNTYPED = 20

/** What is shown is what is done: the set is counted when this opens, and nothing that dies later gets into it. */
export function OperationForm({ kind, selection, staging }: Props) {
  const { preview, start } = useStart(selection)
  const [problems, setProblems] = useState<{ reason?: string; typed?: string }>({})
  const count = preview.data?.count ?? 0
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!preview.data) return
    const form = new FormData(event.currentTarget)
    const reason = textOf(form, 'reason')
    if (kind === 'discard') {
      const found = problemsOf(reason, textOf(form, 'typed'), count)
      setProblems(found)
      if (found.reason || found.typed) return
    }
    const pace = kind === 'retry' ? paceOf(form) : { stages: [], perSecond: 1_000, stopShare: null }
    start.begin({ kind, selection, asOf: preview.data.asOf, pace, reason: reason || null })
  }
  return (
    <form onSubmit={submit} noValidate className="mt-1 grid gap-4">
      <Dialog.Description className="text-sm text-muted" aria-live="polite">
        {preview.error ? preview.error.message : describe(preview.data, selection)}
      </Dialog.Description>
      {kind === 'retry' ? (
        <>
          {preview.data && <BlastRadius blast={preview.data.blast} />}
          <PaceFields count={count} proposed={staging} />
        </>
      ) : (
        <>
          <TextField label="Reason" name="reason" error={problems.reason} maxLength={500} />
          {count > MOST_UNTYPED && (
            <TextField
              label={`How many? Type ${count} to discard so many`}
              name="typed"
              error={problems.typed}
              inputMode="numeric"
              autoComplete="off"
            />
          )}
          <p className="text-sm text-muted">Their handlers will not run. You can undo this.</p>
        </>
      )}
      {start.problem && (
        <p role="alert" className="text-sm text-danger">
          {start.problem}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Dialog.Close render={<Button variant="quiet" size="small" />}>Cancel</Dialog.Close>
        <Button type="submit" size="small" disabled={count === 0} pending={preview.isPending || start.isPending}>
          {kind === 'retry' ? `Retry ${letters(count)}` : `Discard ${letters(count)}`}
        </Button>
      </div>
    </form>
  )
}

function problemsOf(reason: string, typed: string, count: number) {
  return {
    ...(!reason && { reason: 'Please give a reason: the next one who looks will want to know.' }),
    ...(count > MOST_UNTYPED &&
      typed !== String(count) && { typed: `There are ${count}. Type that number, or choose fewer.` }),
  }
}

function useStart(selection: Selection) {
  const trpc = useTRPC()
  const router = useRouter()
  const [idempotencyKey] = useState(newKey)
  const [problem, setProblem] = useState<string>()
  const preview = useMutation(trpc.inspector.previewOperation.mutationOptions())
  const start = useMutation(
    trpc.inspector.startOperation.mutationOptions({
      onSuccess: ({ operationId }) => {
        if (operationId) router.push(`/inspector/operations/${operationId}`)
        else setProblem('None of them is dead any more: somebody was faster. Nothing was changed.')
      },
      onError: (error) => setProblem(`${error.message} Nothing was changed.`),
    }),
  )
  const count = preview.mutate
  // Counted once, when the dialog opens: a set that changes while one reads could not be confirmed.
  const [asked] = useState(selection)
  useEffect(() => count(asked), [count, asked])
  type Request = Omit<Parameters<typeof start.mutate>[0], 'idempotencyKey'>
  return {
    preview,
    start: {
      problem,
      isPending: start.isPending,
      begin: (request: Request) => start.mutate({ ...request, selection: asked, idempotencyKey }),
    },
  }
}

function describe(preview: { count: number; asOf: string; isCut: boolean } | undefined, selection: Selection): string {
  if (!preview) return 'Counting…'
  const time = new Date(preview.asOf).toLocaleTimeString(undefined, { hour12: false })
  // What a filter means is said: what is on the page may be a part of it.
  const which = selection.by === 'filter' ? `: ${selectionWords(selection)}` : ''
  const set = `${letters(preview.count)} as of ${time}${which}; later arrivals are not included.`
  return preview.isCut ? `${set} One operation takes no more: these are the oldest.` : set
}

function letters(count: number): string {
  return count === 1 ? '1 dead letter' : `${count} dead letters`
}

function paceOf(form: FormData): Pace {
  const share = Number(textOf(form, 'stopPercent'))
  return {
    stages: stagesOf(form),
    perSecond: Math.min(1_000, Math.max(1, Math.round(Number(textOf(form, 'perSecond'))) || 1)),
    stopShare: share > 0 ? Math.min(1, share / 100) : null,
  }
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}
