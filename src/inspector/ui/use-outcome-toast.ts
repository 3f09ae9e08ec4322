'use client'
import { useToasts } from '../../web/components/toasts.tsx'
import { type ActionError, failedAction } from '../model/failed-action.ts'
import { type Done, useUndoToast } from './shortcuts/use-undo-toast.ts'

/** Says of an action that it ended in an error, and what that leaves. */
export function useFailureToast(): (error: ActionError) => void {
  const toasts = useToasts()
  return (error) => void toasts.add(failedAction(error))
}

/** Says of an action what really became of it. `notDone`: what its outcomes beside `done` mean. */
export function useOutcomeToast<Refused extends string>(notDone: Readonly<Record<Refused, string>>) {
  const toasts = useToasts()
  const sayDone = useUndoToast()
  const onError = useFailureToast()
  return (title: string, done: Done = {}) => ({
    onSuccess: ({ outcome }: { outcome: 'done' | Refused }) => {
      if (outcome === 'done') sayDone(title, done)
      else toasts.add({ title: 'Not done', description: notDone[outcome] })
    },
    onError,
  })
}
