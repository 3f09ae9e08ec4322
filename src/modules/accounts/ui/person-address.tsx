'use client'
import { useMutation } from '@tanstack/react-query'
import { Eye } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../web/components/button.tsx'
import { HiddenAgain } from '../../../web/components/hidden-again.tsx'
import { RevealForm } from '../../../web/components/reveal-form.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import type { ListedPerson } from '../people-router.ts'

type Shown = { email: string | null } | null

/** Somebody's address, masked; for a short time in clear, with a reason that is kept. */
export function PersonAddress({ person }: { person: Pick<ListedPerson, 'userId' | 'name' | 'maskedEmail'> }) {
  const [isAsking, setAsking] = useState(false)
  const [shown, setShown] = useState<Shown>(null)
  const { userId, name, maskedEmail } = person
  if (shown) return <Revealed email={shown.email} onHide={() => setShown(null)} />
  return (
    <>
      <bdi className="[overflow-wrap:anywhere]">{maskedEmail}</bdi>
      {isAsking ? (
        <AskWhy
          userId={userId}
          name={name}
          onCancel={() => setAsking(false)}
          onReveal={(revealed) => {
            setAsking(false)
            setShown(revealed)
          }}
        />
      ) : (
        <Button variant="quiet" size="small" aria-label={`Show the address of ${name}`} onClick={() => setAsking(true)}>
          <Eye size={14} aria-hidden="true" />
          Show
        </Button>
      )}
    </>
  )
}

interface AskProps {
  userId: string
  name: string
  onReveal(shown: Shown): void
  onCancel(): void
}

function AskWhy({ userId, name, onReveal, onCancel }: AskProps) {
  const trpc = useTRPC()
  const reveal = useMutation(
    trpc.accounts.people.reveal.mutationOptions({
      // What was revealed must not stay in the page's memory.
      gcTime: 0,
      onSuccess: onReveal,
    }),
  )
  return (
    <div className="basis-full py-2">
      <RevealForm
        label={`Show the address of ${name}`}
        verb="Show the address"
        of={reveal}
        onReveal={({ reason = '' }) => reveal.mutate({ userId, reason })}
        onCancel={onCancel}
      />
    </div>
  )
}

function Revealed({ email, onHide }: { email: string | null; onHide(): void }) {
  return (
    <>
      <bdi className="font-medium text-ink [overflow-wrap:anywhere]">{email ?? 'There is no address any more.'}</bdi>
      <HiddenAgain onHide={onHide} />
    </>
  )
}
