'use client'
import { useMutation } from '@tanstack/react-query'
import { CircleHelp, Monitor, Smartphone, Tablet } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Button } from '../../../web/components/button.tsx'
import { DateTime } from '../../../web/components/date-time.tsx'
import { Done } from '../../../web/components/done.tsx'
import { FailureNotice } from '../../../web/components/failure-notice.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import type { OwnSession } from '../sessions-router.ts'

const ICONS = { computer: Monitor, phone: Smartphone, tablet: Tablet, unknown: CircleHelp } as const

/** Every browser in which one is logged in, this one first. */
export function SessionList({ sessions }: { sessions: OwnSession[] }) {
  const trpc = useTRPC()
  const router = useRouter()
  const end = useMutation(trpc.accounts.sessions.end.mutationOptions({ onSuccess: () => router.refresh() }))
  const others = sessions.filter((each) => !each.isThis)
  return (
    <div className="grid gap-5">
      <ul aria-label="Sessions" className="divide-y divide-line border-y border-line">
        {sessions.map((session) => (
          <li key={session.sessionId} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-4">
            <SessionWords session={session} />
            {!session.isThis && (
              <Button
                variant="quiet"
                size="small"
                pending={end.isPending && end.variables.sessionId === session.sessionId}
                aria-label={`Log out ${session.device.words}`}
                onClick={() => end.mutate({ sessionId: session.sessionId })}
              >
                Log out
              </Button>
            )}
          </li>
        ))}
      </ul>
      <FailureNotice of={end} title="Nobody was logged out." />
      {others.length > 0 && (
        <Button
          variant="danger"
          className="justify-self-start"
          pending={end.isPending && end.variables.sessionId === null}
          onClick={() => end.mutate({ sessionId: null })}
        >
          Log out everywhere else
        </Button>
      )}
      <Done>
        {end.data &&
          (end.data.ended === 1 ? 'One browser was logged out.' : `${end.data.ended} browsers were logged out.`)}
      </Done>
    </div>
  )
}

function SessionWords({ session: { device, openedAt, lastUsedAt, isThis } }: { session: OwnSession }) {
  const Icon = ICONS[device.kind]
  return (
    <div className="flex min-w-0 flex-1 basis-56 items-start gap-3">
      <Icon size={20} aria-hidden="true" className="mt-0.5 shrink-0 text-muted" />
      <div className="min-w-0">
        <p className="font-medium [overflow-wrap:anywhere]">
          <bdi>{device.words}</bdi>
          {isThis && (
            <span className="ml-2 rounded border border-accent px-1.5 py-0.5 text-xs font-medium whitespace-nowrap text-accent">
              this browser
            </span>
          )}
        </p>
        <p className="mt-0.5 text-sm text-muted">
          {isThis ? (
            'In use now'
          ) : (
            <>
              Last used <DateTime iso={lastUsedAt} />
            </>
          )}
          , logged in <DateTime iso={openedAt} />
        </p>
      </div>
    </div>
  )
}
