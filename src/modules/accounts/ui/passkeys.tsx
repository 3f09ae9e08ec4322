'use client'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../web/trpc/client.tsx'
import type { PasskeyView } from '../passkeys-router.ts'
import { AddPasskey } from './add-passkey.tsx'
import { PasskeyItem } from './passkey-item.tsx'

/** The passkeys of whoever is logged in: to add, rename and remove. */
export function Passkeys({ initial }: { initial: PasskeyView[] }) {
  const trpc = useTRPC()
  const { data } = useQuery(trpc.accounts.passkeys.queryOptions(undefined, { initialData: { passkeys: initial } }))
  return (
    <div className="grid gap-6">
      {data.passkeys.length > 0 && (
        <ul aria-label="Passkeys" className="divide-y divide-line border-y border-line">
          {data.passkeys.map((passkey) => (
            <PasskeyItem key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      <AddPasskey />
    </div>
  )
}
