'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useToasts } from '../../web/components/toasts.tsx'
import { useTRPC } from '../../web/trpc/client.tsx'
import type { FaultView } from '../model/view.ts'
import { useUndoToast } from './shortcuts/use-undo-toast.ts'

type Outcome = 'done' | 'wrong-state' | 'unknown' | 'protected'

const NOT_DONE: Record<Exclude<Outcome, 'done'>, string> = {
  'wrong-state': 'Somebody was faster, or it moved on by itself. Nothing was changed.',
  unknown: 'There is no such delivery or handler any more. Nothing was changed.',
  protected: 'That one must always run, and cannot be made to fail. Nothing was changed.',
}

/** What an operator can do on a message's page. Each action says what really became of it. */
export function useActions() {
  const trpc = useTRPC()
  const client = useQueryClient()
  const toasts = useToasts()
  const sayDone = useUndoToast()
  const settled = {
    onSettled: () =>
      Promise.all(
        [trpc.inspector.message, trpc.inspector.discarded].map((each) => client.invalidateQueries(each.pathFilter())),
      ),
  }
  const failed = (error: { message: string }) =>
    void toasts.add({ title: 'That did not work', description: `${error.message} Nothing was changed.` })
  const say = (outcome: Outcome, done: string, undo?: () => void) => {
    if (outcome !== 'done') return void toasts.add({ title: 'Not done', description: NOT_DONE[outcome] })
    sayDone(done, undo)
  }

  const retry = useMutation(trpc.inspector.retry.mutationOptions(settled))
  const discard = useMutation(trpc.inspector.discard.mutationOptions(settled))
  const restore = useMutation(trpc.inspector.restore.mutationOptions(settled))
  const unpark = useMutation(trpc.inspector.unpark.mutationOptions(settled))
  const setFault = useMutation(trpc.inspector.setFault.mutationOptions(settled))
  const undo = (deliveryId: string) =>
    restore.mutate(
      { deliveryId },
      { onSuccess: ({ outcome }) => say(outcome, 'The delivery is what it was before'), onError: failed },
    )
  const isBusy = [retry, discard, restore, unpark, setFault].some((each) => each.isPending)
  return {
    isBusy,
    retry: (deliveryId: string) =>
      retry.mutate(
        { deliveryId },
        { onSuccess: ({ outcome }) => say(outcome, 'The delivery is tried again'), onError: failed },
      ),
    discard: (deliveryId: string, reason: string) =>
      discard.mutate(
        { deliveryId, reason },
        {
          onSuccess: ({ outcome }) => say(outcome, 'The delivery is discarded', () => undo(deliveryId)),
          onError: failed,
        },
      ),
    undo,
    unpark: (deliveryId: string) =>
      unpark.mutate(
        { deliveryId },
        {
          onSuccess: ({ outcome }) => say(outcome, 'The delivery is let go; what cannot read it parks it again'),
          onError: failed,
        },
      ),
    setFault: (subscription: string, fault: FaultView | null) =>
      setFault.mutate(
        { subscription, fault },
        {
          onSuccess: ({ outcome }) =>
            say(outcome, fault ? `${subscription} will misbehave` : `${subscription} behaves again`),
          onError: failed,
        },
      ),
  }
}

export type Actions = ReturnType<typeof useActions>
