'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../web/trpc/client.tsx'
import type { FaultView } from '../model/view.ts'
import { useOutcomeToast } from './use-outcome-toast.ts'

const NOT_DONE = {
  'wrong-state': 'Somebody was faster, or it moved on by itself. Nothing was changed.',
  unknown: 'There is no such delivery or handler any more. Nothing was changed.',
  protected: 'That one must always run, and cannot be made to fail. Nothing was changed.',
}

/** What an operator can do on a message's page. Each action says what really became of it. */
export function useActions() {
  const trpc = useTRPC()
  const client = useQueryClient()
  const saying = useOutcomeToast(NOT_DONE)
  const settled = {
    onSettled: () =>
      Promise.all(
        [trpc.inspector.message, trpc.inspector.discarded].map((each) => client.invalidateQueries(each.pathFilter())),
      ),
  }
  const retry = useMutation(trpc.inspector.retry.mutationOptions(settled))
  const discard = useMutation(trpc.inspector.discard.mutationOptions(settled))
  const restore = useMutation(trpc.inspector.restore.mutationOptions(settled))
  const unpark = useMutation(trpc.inspector.unpark.mutationOptions(settled))
  const setFault = useMutation(trpc.inspector.setFault.mutationOptions(settled))
  const undo = (deliveryId: string) => restore.mutate({ deliveryId }, saying('The delivery is what it was before'))
  const isBusy = [retry, discard, restore, unpark, setFault].some((each) => each.isPending)
  return {
    isBusy,
    retry: (deliveryId: string) => retry.mutate({ deliveryId }, saying('The delivery is tried again')),
    discard: (deliveryId: string, reason: string) =>
      discard.mutate({ deliveryId, reason }, saying('The delivery is discarded', { undo: () => undo(deliveryId) })),
    undo,
    unpark: (deliveryId: string) =>
      unpark.mutate({ deliveryId }, saying('The delivery is let go; what cannot read it parks it again')),
    setFault: (subscription: string, fault: FaultView | null) =>
      setFault.mutate(
        { subscription, fault },
        saying(fault ? `${subscription} will misbehave` : `${subscription} behaves again`),
      ),
  }
}

export type Actions = ReturnType<typeof useActions>
