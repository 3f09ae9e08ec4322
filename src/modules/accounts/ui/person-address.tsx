'use client'
import { useMutation } from '@tanstack/react-query'
import { Eye, EyeOff } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button } from '../../../web/components/button.tsx'
import { TextField } from '../../../web/components/text-field.tsx'
import { useHiddenAgain } from '../../../web/components/use-hidden-again.ts'
import { REVEALED_FOR_S, SAY_WHY, SHORTEST_REASON } from '../../../web/revealing.ts'
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
  const [problem, setProblem] = useState<string>()
  const reveal = useMutation(
    trpc.accounts.people.reveal.mutationOptions({
      // What was revealed must not stay in the page's memory.
      gcTime: 0,
      onSuccess: onReveal,
      onError: (error) => setProblem(error.data ? error.message : 'The server did not answer. Please try again.'),
    }),
  )
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { reason = '' } = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>
    if (reason.trim().length < SHORTEST_REASON) return setProblem(SAY_WHY)
    reveal.mutate({ userId, reason })
  }
  return (
    <form noValidate onSubmit={send} aria-label={`Show the address of ${name}`} className="basis-full py-2">
      <div className="grid max-w-md gap-3">
        <TextField
          label="Reason"
          name="reason"
          autoFocus
          maxLength={500}
          hint={`It is kept in the audit, with your name. Shown for ${REVEALED_FOR_S} seconds.`}
          error={problem}
        />
        <div className="flex gap-2">
          <Button type="submit" size="small" pending={reveal.isPending}>
            Show the address
          </Button>
          <Button variant="quiet" size="small" onClick={onCancel}>
            Cancel
          </Button>
        </div>
      </div>
    </form>
  )
}

function Revealed({ email, onHide }: { email: string | null; onHide(): void }) {
  const left = useHiddenAgain(onHide)
  return (
    <>
      <bdi className="font-medium text-ink [overflow-wrap:anywhere]">{email ?? 'There is no address any more.'}</bdi>
      <span>Hidden again in {left} s</span>
      <Button variant="quiet" size="small" onClick={onHide}>
        <EyeOff size={14} aria-hidden="true" />
        Hide now
      </Button>
    </>
  )
}
