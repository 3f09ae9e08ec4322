'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { Button } from '../../web/components/button.tsx'
import { useToasts } from '../../web/components/toasts.tsx'
import { useTRPC } from '../../web/trpc/client.tsx'
import type { OperationDetail } from '../model/operation.ts'
import { onlyOperators } from './only-operators.ts'
import { useFailureToast } from './use-outcome-toast.ts'

/** Pause, resume, abort; and the way back from a discard. */
export function OperationControls({ operation, mayAct }: { operation: OperationDetail; mayAct: boolean }) {
  const { operationId, state, kind, counts } = operation
  const actions = useControls(operationId)
  const look = {
    variant: 'quiet',
    size: 'small',
    disabled: !mayAct,
    title: onlyOperators(mayAct),
  } as const
  const isOpen = state === 'running' || state === 'paused'
  return (
    <div className="ml-auto flex gap-2">
      {/* One button: whoever has pressed it is still at it. */}
      {isOpen && (
        <Button {...look} onClick={state === 'paused' ? actions.resume : actions.pause}>
          {state === 'paused' ? 'Resume' : 'Pause'}
        </Button>
      )}
      {isOpen && (
        <Button {...look} variant="danger" onClick={actions.abort}>
          Abort
        </Button>
      )}
      {kind === 'discard' && !isOpen && counts.discarded > 0 && (
        <Button {...look} onClick={actions.undo}>
          Undo
        </Button>
      )}
    </div>
  )
}

function useControls(operationId: string) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const router = useRouter()
  const toasts = useToasts()
  const say = (title: string, description: string) => void toasts.add({ title, description })
  const options = {
    onSuccess: ({ outcome }: { outcome: 'done' | 'wrong-state' | 'unknown' }) => {
      if (outcome !== 'done') say('Not done', 'It had moved on by itself. Nothing was changed.')
    },
    onError: useFailureToast(),
    onSettled: () => client.invalidateQueries(trpc.inspector.operation.pathFilter()),
  }
  const pause = useMutation(trpc.inspector.pauseOperation.mutationOptions(options))
  const resume = useMutation(trpc.inspector.resumeOperation.mutationOptions(options))
  const abort = useMutation(trpc.inspector.abortOperation.mutationOptions(options))
  const undo = useMutation(
    trpc.inspector.undoOperation.mutationOptions({
      onSuccess: ({ operationId: started }) => {
        if (started) router.push(`/inspector/operations/${started}`)
        else say('Not done', 'None of them is discarded any more. Nothing was changed.')
      },
      onError: options.onError,
    }),
  )
  return {
    pause: () => pause.mutate({ operationId }),
    resume: () => resume.mutate({ operationId }),
    abort: () => abort.mutate({ operationId }),
    undo: () => undo.mutate({ operationId }),
  }
}
