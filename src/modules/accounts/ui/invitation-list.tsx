'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { Button } from '../../../web/components/button.tsx'
import { DateTime } from '../../../web/components/date-time.tsx'
import { FailureNotice } from '../../../web/components/failure-notice.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import type { OpenInvitation } from '../people-router.ts'

/** Whom one waits for. */
export function InvitationList({ invitations }: { invitations: OpenInvitation[] }) {
  const trpc = useTRPC()
  const router = useRouter()
  const withdraw = useMutation(
    trpc.accounts.people.withdrawInvitation.mutationOptions({ onSuccess: () => router.refresh() }),
  )
  if (invitations.length === 0) return <p className="text-muted">Nobody is invited at the moment.</p>
  return (
    <div className="grid gap-4">
      <ul aria-label="Invitations" className="divide-y divide-line border-y border-line">
        {invitations.map(({ invitationId, email, role, validUntil }) => (
          <li key={invitationId} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
            <div className="min-w-0 flex-1 basis-56">
              <p className="[overflow-wrap:anywhere]">
                <bdi>{email}</bdi>
              </p>
              <p className="text-sm text-muted">
                as {role}, until <DateTime iso={validUntil} />
              </p>
            </div>
            <Button
              variant="danger"
              size="small"
              aria-label={`Withdraw the invitation of ${email}`}
              pending={withdraw.isPending && withdraw.variables.invitationId === invitationId}
              onClick={() => withdraw.mutate({ invitationId })}
            >
              Withdraw
            </Button>
          </li>
        ))}
      </ul>
      <FailureNotice of={withdraw} title="The invitation was not withdrawn." />
    </div>
  )
}
