'use client'
import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button } from '../../../web/components/button.tsx'
import { Done } from '../../../web/components/done.tsx'
import { FailureNotice } from '../../../web/components/failure-notice.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import type { ListedPerson } from '../people-router.ts'

interface LogInsProps {
  person: Pick<ListedPerson, 'userId' | 'name'>
  isSelf: boolean
}

/** Throws somebody out of every browser, after a second look. They can log in again. */
export function PersonLogIns({ person: { userId, name }, isSelf }: LogInsProps) {
  const [isAsked, setAsked] = useState(false)
  const noteId = useId()
  const trpc = useTRPC()
  const end = useMutation(trpc.accounts.people.endSessions.mutationOptions({ onSuccess: () => setAsked(false) }))
  return (
    <div className="grid justify-items-start gap-2">
      {isAsked ? (
        <div role="group" aria-label={`Log out ${name}`} className="flex flex-wrap items-center gap-2">
          <Button
            variant="danger"
            size="small"
            autoFocus
            aria-describedby={noteId}
            pending={end.isPending}
            onClick={() => end.mutate({ userId })}
          >
            Log out everywhere
          </Button>
          <Button variant="quiet" size="small" onClick={() => setAsked(false)}>
            Cancel
          </Button>
        </div>
      ) : (
        <Button
          variant="quiet"
          size="small"
          aria-label={`End log-ins of ${name}`}
          aria-describedby={isSelf ? noteId : undefined}
          disabled={isSelf}
          onClick={() => setAsked(true)}
        >
          End log-ins
        </Button>
      )}
      {(isSelf || isAsked) && (
        <p id={noteId} className="max-w-56 text-xs text-muted">
          {isSelf ? 'Yours are ended under Account, Sessions.' : 'In every browser, at once. They can log in again.'}
        </p>
      )}
      <FailureNotice of={end} title="Nobody was logged out." />
      <Done>{end.data?.outcome === 'ended' && endedWords(end.data.ended)}</Done>
    </div>
  )
}

function endedWords(ended: number): string {
  if (ended === 0) return 'Was logged in nowhere.'
  return `Logged out of ${ended === 1 ? 'one browser' : `${ended} browsers`}.`
}
