'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { useOutcomeToast } from '../use-outcome-toast.ts'
import type { Limits } from './limits-control.tsx'

const NOT_DONE = {
  unknown: 'There is no such handler any more. Nothing was changed.',
  protected: 'That one must always run as declared. Nothing was changed.',
}

/** What an operator can set about handlers. Each action says what really became of it. */
export function useHandlerActions() {
  const trpc = useTRPC()
  const client = useQueryClient()
  const saying = useOutcomeToast(NOT_DONE)
  const settled = {
    onSettled: () =>
      Promise.all([
        client.invalidateQueries(trpc.inspector.handlers.pathFilter()),
        client.invalidateQueries(trpc.inspector.handler.pathFilter()),
      ]),
  }
  const pause = useMutation(trpc.inspector.pauseHandler.mutationOptions(settled))
  const resume = useMutation(trpc.inspector.resumeHandler.mutationOptions(settled))
  const setLimits = useMutation(trpc.inspector.setHandlerLimits.mutationOptions(settled))
  const asked = [pause, resume, setLimits].filter((each) => each.isPending)
  return {
    /** Whether something was asked of a handler that is not done yet. */
    isBusy: (subscription: string) => asked.some((each) => each.variables?.subscription === subscription),
    pause: (subscription: string) =>
      pause.mutate(
        { subscription },
        saying(`${subscription} is paused`, { description: 'What runs ends; what comes waits.' }),
      ),
    resume: (subscription: string) => resume.mutate({ subscription }, saying(`${subscription} runs again`)),
    setLimits: (subscription: string, limits: Limits) =>
      setLimits.mutate({ subscription, limits }, saying(`The limits of ${subscription} are set`)),
  }
}

export type HandlerActions = ReturnType<typeof useHandlerActions>
