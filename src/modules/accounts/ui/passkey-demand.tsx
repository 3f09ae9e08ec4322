'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { Button } from '../../../web/components/button.tsx'
import { FailureNotice } from '../../../web/components/failure-notice.tsx'
import { Link } from '../../../web/components/link.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'

interface PasskeyDemandProps {
  isOn: boolean
  /** Whether whoever looks is in with a passkey: nobody else demands it. */
  isByPasskey: boolean
  /** Whether whoever looks may change it. */
  mayAct: boolean
}

/** Whether operators and viewers must come in with a passkey. */
export function PasskeyDemand({ isOn, isByPasskey, mayAct }: PasskeyDemandProps) {
  const trpc = useTRPC()
  const router = useRouter()
  const setting = useMutation(trpc.accounts.setPasskeyDemand.mutationOptions({ onSuccess: () => router.refresh() }))
  const set = setting.data?.outcome === 'set' ? setting.data : null
  return (
    <section aria-labelledby="passkey-demand" className="room">
      <h2 id="passkey-demand" className="text-xl font-semibold tracking-tight">
        Ways in
      </h2>
      <p className="mt-1 mb-4 max-w-xl text-sm text-muted">
        This is for everybody. Operators and viewers can be asked for a passkey: whoever of them comes in with a
        password alone then has what members have, and nothing more, until they come in with a passkey. Who has none is
        led to add one.
      </p>
      <p className="mb-3">
        {isOn
          ? 'Operators and viewers must come in with a passkey.'
          : 'Operators and viewers may come in with a password alone.'}
      </p>
      {mayAct && !isOn && !isByPasskey && (
        <p className="max-w-xl text-sm">
          You came in with your password. To ask everybody for a passkey,{' '}
          <Link href="/login?next=/inspector/settings" className="text-accent underline underline-offset-4">
            log in with one
          </Link>{' '}
          yourself, so that you do not lock yourself out. You add one on{' '}
          <Link href="/account/security" className="text-accent underline underline-offset-4">
            your security page
          </Link>
          .
        </p>
      )}
      {mayAct && (isOn || isByPasskey) && (
        <div className="grid justify-items-start gap-3">
          {!isOn && (
            <p className="max-w-xl text-sm text-muted">It ends the log-ins of operators and viewers by password.</p>
          )}
          <Button variant="quiet" pending={setting.isPending} onClick={() => setting.mutate({ isOn: !isOn })}>
            {isOn ? 'Let a password do' : 'Ask for a passkey'}
          </Button>
        </div>
      )}
      <FailureNotice of={setting} title="It was not changed." />
      <p role="status" className="mt-3 text-sm text-muted">
        {set && `Changed.${set.ended > 0 ? ` Log-ins that ended: ${set.ended}.` : ''}`}
      </p>
    </section>
  )
}
