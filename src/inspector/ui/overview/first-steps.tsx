'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { Check, X } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type ReactNode, useSyncExternalStore } from 'react'
import { Button } from '../../../web/components/button.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { useLine } from '../shell/line.ts'
import { useFailureToast } from '../use-outcome-toast.ts'
import {
  dismissFirstSteps,
  type FirstStep,
  firstSteps,
  noteFirstStep,
  subscribeFirstSteps,
} from './first-steps-taken.ts'

/** What misbehaves when one asks for it: a handler of the bell, and nobody's sign-up. */
const DOOR = 'practice.open-door'
const SLOW_MS = 4_000
/** As often as it is tried: it dies. */
const FAILURES = 4

interface Props {
  /** How many this build has. */
  handlers: number
  /** Whether any message was sent lately. */
  hasSent: boolean
  mayAct: boolean
}

/** Teaches a newcomer with real messages: what there is, and what it looks like when it fails or is slow. */
export function FirstSteps({ handlers, hasSent, mayAct }: Props) {
  const steps = useSyncExternalStore(subscribeFirstSteps, firstSteps, () => null)
  const { state } = useLine()
  const practise = usePractice()
  if (!steps || steps.isDismissed || !mayAct) return null
  const hasMessages = hasSent || steps.taken.includes('sent')
  return (
    <section aria-labelledby="first-steps" className="slip relative">
      <div className="grid gap-x-10 gap-y-4 px-5 py-4 lg:grid-cols-[minmax(0,1fr)_auto] lg:pr-14">
        <div>
          <h2 id="first-steps" className="font-semibold">
            Your first minute
          </h2>
          <ol className="mt-2 flex flex-wrap gap-x-6 gap-y-1.5 text-sm">
            <Step isDone={handlers > 0}>{handlers} handlers</Step>
            <Step isDone={state === 'live'}>bus connected</Step>
            <Step isDone={hasMessages}>first message</Step>
            <Step isDone={steps.taken.includes('failed')}>a failure, and how it is retried</Step>
            <Step isDone={steps.taken.includes('slowed')}>a slow handler</Step>
          </ol>
          <p className="mt-2 max-w-[70ch] text-sm text-muted">
            Each of them rings a bell: one command, one event, three handlers. You are taken to where you see it happen.
            {!practise.mayFail && ' Faults are off here: FAULTS=on allows them.'}
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <Button size="small" pending={practise.isPending} onClick={practise.send}>
            Send a test message
          </Button>
          <Button variant="quiet" size="small" disabled={!practise.mayFail} onClick={practise.fail}>
            Make a handler fail
          </Button>
          <Button variant="quiet" size="small" disabled={!practise.mayFail} onClick={practise.slow}>
            Slow a handler
          </Button>
          <button
            type="button"
            onClick={dismissFirstSteps}
            aria-label="Show this no more"
            title="Show this no more"
            className="absolute top-2.5 right-2.5 flex size-8 items-center justify-center rounded text-muted hover:bg-tint hover:text-ink"
          >
            <X size={16} aria-hidden="true" />
          </button>
        </div>
      </div>
    </section>
  )
}

function Step({ isDone, children }: { isDone: boolean; children: ReactNode }) {
  return (
    <li className={clsx('flex items-center gap-1.5', !isDone && 'text-muted')}>
      <span
        aria-hidden="true"
        className={clsx(
          'grid size-4 place-items-center rounded-full border',
          isDone ? 'border-state-succeeded bg-state-succeeded text-raised' : 'border-field',
        )}
      >
        {isDone && <Check size={11} strokeWidth={3} />}
      </span>
      <span className="sr-only">{isDone ? 'done: ' : 'to do: '}</span>
      {children}
    </li>
  )
}

type Misbehaviour = { mode: 'fail-times'; remaining: number } | { mode: 'slow'; delayMs: number }

function usePractice() {
  const trpc = useTRPC()
  const router = useRouter()
  const { data: mayFail = false } = useQuery(
    trpc.inspector.faultsAllowed.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }),
  )
  const onError = useFailureToast()
  const ring = useMutation(
    trpc.inspector.practise.mutationOptions({
      onSuccess: ({ messageId }) => router.push(`/inspector/m/${messageId}`),
      onError,
    }),
  )
  const fault = useMutation(trpc.inspector.setFault.mutationOptions({ onError }))
  const send = () => {
    ring.mutate(undefined, { onSuccess: () => noteFirstStep('sent') })
  }
  const misbehave = (step: FirstStep, as: Misbehaviour) =>
    fault.mutate(
      { subscription: DOOR, fault: as },
      {
        onSuccess: () => {
          noteFirstStep(step)
          send()
        },
      },
    )
  return {
    mayFail,
    isPending: ring.isPending || fault.isPending,
    send,
    fail: () => misbehave('failed', { mode: 'fail-times', remaining: FAILURES }),
    slow: () => misbehave('slowed', { mode: 'slow', delayMs: SLOW_MS }),
  }
}
