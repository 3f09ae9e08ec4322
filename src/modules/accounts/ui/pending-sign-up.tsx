'use client'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Link } from '../../../web/components/link.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'

const ASK_MS = 1_000

/** For somebody whose account is still being created: asks every second, and logs in when it is there. */
export function PendingSignUp() {
  const trpc = useTRPC()
  const [isNone, setNone] = useState(false)
  const { mutate } = useMutation(
    trpc.accounts.completeSignUp.mutationOptions({
      onSuccess: ({ outcome }) => {
        if (outcome === 'signed-in') window.location.reload()
        if (outcome === 'none') setNone(true)
      },
    }),
  )
  useEffect(() => {
    if (isNone) return
    mutate()
    const timer = setInterval(mutate, ASK_MS)
    return () => clearInterval(timer)
  }, [isNone, mutate])

  if (!isNone) {
    return (
      <>
        <h1 className="text-3xl font-semibold tracking-tight">Your account is being created</h1>
        <p className="mt-3 text-muted">
          It takes a little longer than usual. You will be logged in by yourself as soon as it is there.
        </p>
      </>
    )
  }
  return (
    <>
      <h1 className="text-3xl font-semibold tracking-tight">You are not logged in</h1>
      <p className="mt-3 text-muted">
        <Link href="/login" className="text-accent underline underline-offset-4">
          Log in
        </Link>{' '}
        to see your sign-up, or{' '}
        <Link href="/signup" className="text-accent underline underline-offset-4">
          create an account
        </Link>
        .
      </p>
    </>
  )
}
