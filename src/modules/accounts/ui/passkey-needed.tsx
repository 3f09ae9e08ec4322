'use client'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../web/trpc/client.tsx'
import type { PasskeyView } from '../passkeys-router.ts'
import { AddPasskey } from './add-passkey.tsx'
import { UsePasskey } from './passkey-log-in.tsx'

interface PasskeyNeededProps {
  initial: PasskeyView[]
  /** Where to go with the passkey. */
  next: string
}

/** The way on for whoever is in with a password, and whose role asks for a passkey: use it, or make the first one. */
export function PasskeyNeeded({ initial, next }: PasskeyNeededProps) {
  const trpc = useTRPC()
  const { data } = useQuery(trpc.accounts.passkeys.queryOptions(undefined, { initialData: { passkeys: initial } }))
  if (data.passkeys.length === 0) {
    return (
      <div className="grid gap-5">
        <p>
          You have none yet. Add one: a device of yours, with its screen lock or its PIN. Then come in with it, right
          here.
        </p>
        <AddPasskey />
      </div>
    )
  }
  return (
    <div className="grid gap-5">
      <p>
        {initial.length === 0
          ? 'Your passkey is there. Come in with it now.'
          : 'You have one. If you have lost it, ask an operator to make you a member for a moment: as one you can add another.'}
      </p>
      <UsePasskey next={next} />
    </div>
  )
}
