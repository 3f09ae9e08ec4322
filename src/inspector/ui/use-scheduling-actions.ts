'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../web/trpc/client.tsx'
import type { ScheduledMessage } from '../model/scheduled-view.ts'
import { useOutcomeToast } from './use-outcome-toast.ts'

const NOT_DONE = {
  'wrong-state': 'Somebody was faster, or its time had come. Nothing was changed.',
  unknown: 'There is no such message any more. Nothing was changed.',
}

/** What an operator can do about messages that are due later. Each action says what really became of it. */
export function useSchedulingActions() {
  const trpc = useTRPC()
  const client = useQueryClient()
  const saying = useOutcomeToast(NOT_DONE)
  const settled = {
    onSettled: () =>
      Promise.all(
        [trpc.inspector.scheduled, trpc.inspector.discarded].map((each) => client.invalidateQueries(each.pathFilter())),
      ),
  }
  const cancel = useMutation(trpc.inspector.cancel.mutationOptions(settled))
  const reschedule = useMutation(trpc.inspector.reschedule.mutationOptions(settled))
  const restore = useMutation(trpc.inspector.restore.mutationOptions(settled))
  const undo = ({ deliveryIds, name }: ScheduledMessage) => {
    for (const deliveryId of deliveryIds) restore.mutate({ deliveryId }, saying(`${name} is due at its time again`))
  }
  return {
    cancel: (message: ScheduledMessage, reason: string) =>
      cancel.mutate(
        { messageId: message.messageId, reason },
        saying(`${message.name} is cancelled`, { undo: () => undo(message) }),
      ),
    reschedule: (messageId: string, at: string) => reschedule.mutate({ messageId, at }, saying('It has another time')),
  }
}

export type SchedulingActions = ReturnType<typeof useSchedulingActions>
