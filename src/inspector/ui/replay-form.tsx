'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '../../web/components/button.tsx'
import { Link } from '../../web/components/link.tsx'
import { useTRPC } from '../../web/trpc/client.tsx'
import { onlyOperators } from './only-operators.ts'

const FIELD = 'h-9 rounded-md border border-field bg-raised px-2 text-sm text-ink hover:border-ink'

/** Gives old messages to a subscription that came later. */
export function ReplayForm({ mayAct }: { mayAct: boolean }) {
  const trpc = useTRPC()
  const [answer, setAnswer] = useState<{ said: string; conversationId?: string }>()
  const { data: subscriptions = [] } = useQuery(trpc.inspector.subscriptions.queryOptions())
  const replay = useMutation(
    trpc.inspector.replay.mutationOptions({
      onSuccess: ({ outcome, conversationId }) =>
        setAnswer(
          outcome === 'started'
            ? { said: 'The replay is on its way.', conversationId }
            : { said: 'There is no such subscription any more. Nothing was changed.' },
        ),
      onError: (error) => setAnswer({ said: `${error.message} Nothing was changed.` }),
    }),
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const from = instantOf(form, 'from')
    const to = instantOf(form, 'to')
    if (!from || !to || from >= to) return setAnswer({ said: 'Please give a beginning and a later end.' })
    const subscription = form.get('subscription')
    replay.mutate({ subscription: typeof subscription === 'string' ? subscription : '', from, to })
  }
  return (
    <details className="mt-8 rounded-md border border-line bg-raised px-4 py-3">
      <summary className="cursor-pointer font-medium">Replay old messages to a subscription</summary>
      <p className="mt-2 max-w-prose text-sm text-muted">
        A subscription gets what is published while it exists. Here it gets the earlier messages of its type too: those
        that it has not had, each of them once.
      </p>
      <form onSubmit={submit} noValidate className="mt-3 flex flex-wrap items-end gap-3">
        <label className="grid min-w-0 gap-1 text-xs text-muted">
          Subscription
          <select name="subscription" className={`${FIELD} max-w-full`}>
            {subscriptions.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label className="grid gap-1 text-xs text-muted">
          Published from
          <input type="datetime-local" name="from" className={FIELD} />
        </label>
        <label className="grid gap-1 text-xs text-muted">
          before
          <input type="datetime-local" name="to" className={FIELD} />
        </label>
        <Button type="submit" size="small" pending={replay.isPending} disabled={!mayAct} title={onlyOperators(mayAct)}>
          Replay
        </Button>
      </form>
      <p role="status" className="mt-2 text-sm empty:hidden">
        {answer?.said}
        {answer?.conversationId && (
          <>
            {' '}
            <Link href={`/inspector/c/${answer.conversationId}`} className="text-accent underline underline-offset-4">
              Follow it
            </Link>
          </>
        )}
      </p>
    </details>
  )
}

/** What was typed is in the reader's zone. */
function instantOf(form: FormData, name: string): string | null {
  const typed = form.get(name)
  const at = new Date(typeof typed === 'string' ? typed : '')
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}
