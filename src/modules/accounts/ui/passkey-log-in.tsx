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

/** @param next where to go afterwards, as it stood in the address: only a path of this site counts */
export function PasskeyLogIn({ next }: { next: unknown }) {
  const trpc = useTRPC()
  const { mutateAsync: ask } = useMutation(trpc.accounts.askForPasskey.mutationOptions())
  const { mutateAsync: check } = useMutation(trpc.accounts.logInWithPasskey.mutationOptions())
  const logIn = useMutation({
    mutationFn: async (answer: AuthenticationResponseJSON | 'to be asked') =>
      check({ answer: answer === 'to be asked' ? await signOnDevice(await ask()) : answer }),
    onSuccess: ({ outcome }) => outcome === 'signed-in' && window.location.assign(ownPath(next)),
  })
  const { mutate, isPending } = logIn
  const isBusy = useRef(false)
  useEffect(() => {
    isBusy.current = isPending
  })
  useEffect(() => offerPasskeys({ ask, take: mutate, isBusy: () => isBusy.current }), [ask, mutate])
  const isIn = logIn.data?.outcome === 'signed-in'
  return (
    <div className="mt-5 grid gap-5">
      <p className="flex items-center gap-3 text-sm text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        or
      </p>
      {logIn.data?.outcome === 'refused' && (
        <Notice title="You were not logged in.">
          This passkey does not belong to an account here, or it was removed. Log in with your password.
        </Notice>
      )}
      {logIn.isError && <Notice title="You were not logged in.">{ceremonyProblem(logIn.error)}</Notice>}
      <Button variant="quiet" pending={isPending || isIn} onClick={() => mutate('to be asked')}>
        Use a passkey
      </Button>
    </div>
  )
}
