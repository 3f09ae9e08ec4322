'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { Button } from '../../../web/components/button.tsx'
import { DateTime } from '../../../web/components/date-time.tsx'
import { Done } from '../../../web/components/done.tsx'
import { FailureNotice } from '../../../web/components/failure-notice.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import type { Profile } from '../profile-router.ts'
import { EmailForm } from './email-form.tsx'
import { Standing } from './standing.tsx'

/** The address one logs in with: confirmed or not, and on its way to another. */
export function EmailPart({ profile }: { profile: Profile }) {
  const { email, emailConfirmed, pendingEmail } = profile
  return (
    <div className="grid gap-5">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <bdi className="[overflow-wrap:anywhere]">{email}</bdi>
        <Standing isConfirmed={emailConfirmed} />
      </p>
      {!emailConfirmed && <ConfirmationRequest email={email} />}
      {pendingEmail && <PendingEmail {...pendingEmail} />}
      <EmailForm present={email} />
    </div>
  )
}

function ConfirmationRequest({ email }: { email: string }) {
  const trpc = useTRPC()
  const request = useMutation(trpc.accounts.profile.requestConfirmation.mutationOptions())
  return (
    <div className="grid justify-items-start gap-3">
      <p className="text-sm text-muted">
        We have sent you a link that confirms this address. If it did not arrive, look among unwanted mail, or ask for
        another one.
      </p>
      <FailureNotice of={request} title="No letter was sent." />
      <Button variant="quiet" size="small" pending={request.isPending} onClick={() => request.mutate()}>
        Send another link
      </Button>
      <Done>{request.data && SENT[request.data.outcome](email)}</Done>
    </div>
  )
}

const SENT = {
  requested: (email: string) => `A new link is on its way to ${email}.`,
  'already-confirmed': () => 'Your address is confirmed already.',
  unknown: () => '',
} as const

function PendingEmail({ email, validUntil }: { email: string; validUntil: string }) {
  const trpc = useTRPC()
  const router = useRouter()
  const withdraw = useMutation(
    trpc.accounts.profile.withdrawEmailChange.mutationOptions({ onSuccess: () => router.refresh() }),
  )
  return (
    <div className="grid justify-items-start gap-3 border-l-2 border-accent pl-4 text-sm">
      <p>
        We wrote to <bdi className="font-medium [overflow-wrap:anywhere]">{email}</bdi>. Open the link in that letter
        before <DateTime iso={validUntil} />, and it becomes your address.
      </p>
      <FailureNotice of={withdraw} title="Nothing was changed." />
      <Button variant="quiet" size="small" pending={withdraw.isPending} onClick={() => withdraw.mutate()}>
        Keep the present address
      </Button>
    </div>
  )
}
