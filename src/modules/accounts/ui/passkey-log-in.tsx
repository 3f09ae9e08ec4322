'use client'
import type { AuthenticationResponseJSON } from '@simplewebauthn/browser'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Button } from '../../../web/components/button.tsx'
import { Notice } from '../../../web/components/notice.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { ownPath } from '../model/own-path.ts'
import { ceremonyProblem, signOnDevice } from './passkey-ceremony.ts'
import { offerPasskeys } from './passkey-offer.ts'

interface PasskeyLogInProps {
  /** Where to go afterwards, as it stood in the address: only a path of this site counts. */
  next: unknown
}

/** Below a form: another way in, which the browser offers also where the address is typed. */
export function PasskeyLogIn({ next }: PasskeyLogInProps) {
  const { ask, mutate, isPending, isIn, isRefused, error } = usePasskeyLogIn(next)
  const isBusy = useRef(false)
  useEffect(() => {
    isBusy.current = isPending
  })
  useEffect(() => offerPasskeys({ ask, take: mutate, isBusy: () => isBusy.current }), [ask, mutate])
  return (
    <div className="mt-5 grid gap-5">
      <p className="flex items-center gap-3 text-sm text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        or
      </p>
      <PasskeyProblem isRefused={isRefused} error={error} />
      <Button variant="quiet" pending={isPending || isIn} onClick={() => mutate('to be asked')}>
        Use a passkey
      </Button>
    </div>
  )
}

/** The one way on, for whoever is in by another. */
export function UsePasskey({ next }: PasskeyLogInProps) {
  const { mutate, isPending, isIn, isRefused, error } = usePasskeyLogIn(next)
  return (
    <div className="grid justify-items-start gap-4">
      <PasskeyProblem isRefused={isRefused} error={error} />
      <Button pending={isPending || isIn} onClick={() => mutate('to be asked')}>
        Use a passkey
      </Button>
    </div>
  )
}

interface Problem {
  isRefused: boolean
  error: (object & { message: string }) | null
}

function PasskeyProblem({ isRefused, error }: Problem) {
  if (isRefused) {
    return (
      <Notice title="You were not logged in.">
        This passkey does not belong to an account here, or it was removed. Log in with your password.
      </Notice>
    )
  }
  return error && <Notice title="You were not logged in.">{ceremonyProblem(error)}</Notice>
}

function usePasskeyLogIn(next: unknown) {
  const trpc = useTRPC()
  const { mutateAsync: ask } = useMutation(trpc.accounts.askForPasskey.mutationOptions())
  const { mutateAsync: check } = useMutation(trpc.accounts.logInWithPasskey.mutationOptions())
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: async (answer: AuthenticationResponseJSON | 'to be asked') =>
      check({ answer: answer === 'to be asked' ? await signOnDevice(await ask()) : answer }),
    onSuccess: ({ outcome }) => outcome === 'signed-in' && window.location.assign(ownPath(next)),
  })
  const isRefused = data?.outcome === 'refused'
  return { ask, mutate, isPending, isIn: data?.outcome === 'signed-in', isRefused, error }
}
