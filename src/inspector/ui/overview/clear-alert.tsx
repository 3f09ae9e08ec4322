'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { useToasts } from '../../../web/components/toasts.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import type { AlertLevel, AlertState, Clearance } from '../../model/alerts.ts'
import { Ago } from '../ago.tsx'
import { onlyOperators } from '../only-operators.ts'
import { useFailureToast } from '../use-outcome-toast.ts'

interface Props {
  /** A number of the overview, or the id of a saved view. */
  alert: string
  /** What it is called. */
  name: string
  state: AlertState | 'not known'
  level: AlertLevel
  mayAct: boolean
}

/** Says that an alert is seen to: it is shown calmly until it is raised anew, or gets more urgent. */
export function ClearAlert({ alert, name, state, level, mayAct }: Props) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const toasts = useToasts()
  const onError = useFailureToast()
  const clear = useMutation(
    trpc.inspector.clearAlert.mutationOptions({
      onSuccess: ({ outcome }) => {
        if (outcome === 'unknown') toasts.add({ title: 'Not done', description: 'There is no such view any more.' })
      },
      onError,
      onSettled: () =>
        Promise.all(
          [trpc.inspector.overview, trpc.inspector.viewAlerts].map((each) =>
            client.invalidateQueries(each.pathFilter()),
          ),
        ),
    }),
  )
  if (level === 0 || state === 'cleared' || state === 'not known') return null
  return (
    <button
      type="button"
      disabled={!mayAct || clear.isPending}
      title={onlyOperators(mayAct) ?? 'It is seen to. Raised anew, or more urgent, it is an alert again'}
      aria-label={`Clear ${name}`}
      onClick={() => clear.mutate({ alert, level })}
      className="-my-0.5 min-h-6 rounded border border-field px-1.5 text-xs enabled:hover:border-muted disabled:opacity-60"
    >
      Clear
    </button>
  )
}

/** Who said so, and when. */
export function ClearedBy({ clearance: { by, at }, now }: { clearance: Clearance; now: number | null }) {
  return (
    <>
      by <ForeignText text={by ?? 'somebody who is not known any more'} />, <Ago iso={at} now={now} />
    </>
  )
}
