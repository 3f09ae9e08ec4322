'use client'
import { useMutation } from '@tanstack/react-query'
import { CircleHelp, Monitor, Smartphone, Tablet } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '../../../web/components/button.tsx'
import { DateTime } from '../../../web/components/date-time.tsx'
import { Done } from '../../../web/components/done.tsx'
import { FailureNotice } from '../../../web/components/failure-notice.tsx'
import { PasswordAgainField } from '../../../web/components/password-again-field.tsx'
import { useForm } from '../../../web/components/use-form.ts'
import { NOT_YOUR_PASSWORD } from '../../../web/password-again.ts'
import { useTRPC } from '../../../web/trpc/client.tsx'
import type { WayIn } from '../../../web/trpc/init.ts'
import { endSessionsForm } from '../model/account-forms.ts'
import type { OwnSession } from '../sessions-router.ts'

const ICONS = { computer: Monitor, phone: Smartphone, tablet: Tablet, unknown: CircleHelp } as const

/** Every browser in which one is logged in, this one first. */
export function SessionList({ sessions }: { sessions: OwnSession[] }) {
  const trpc = useTRPC()
  const router = useRouter()
  /** Which are to end: undefined for none, null for all the others. */
  const [asked, setAsked] = useState<string | null | undefined>()
  const end = useMutation(
    trpc.accounts.sessions.end.mutationOptions({
      onSuccess: ({ outcome }) => {
        if (outcome === 'wrong-password') return form.showProblem('password', NOT_YOUR_PASSWORD)
        setAsked(undefined)
        router.refresh()
      },
    }),
  )
  const form = useForm(endSessionsForm, ({ password }) => end.mutate({ sessionId: asked ?? null, password }))
  const others = sessions.filter((each) => !each.isThis)
  const confirmation = (label: string, verb: string) => (
    <form {...form.formProps} aria-label={label} className="grid basis-full gap-3">
      <PasswordAgainField
        autoFocus
        hint="Once more, so that nobody else can do this."
        {...form.fieldProps('password')}
      />
      <FailureNotice of={end} title="Nobody was logged out." />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" variant="danger" size="small" pending={end.isPending}>
          {verb}
        </Button>
        <Button variant="quiet" size="small" onClick={() => setAsked(undefined)}>
          Cancel
        </Button>
      </div>
    </form>
  )
  return (
    <div className="grid gap-5">
      <ul aria-label="Sessions" className="divide-y divide-line border-y border-line">
        {sessions.map((session) => (
          <li key={session.sessionId} className="flex flex-wrap items-center gap-x-4 gap-y-3 py-4">
            <SessionWords session={session} />
            {!session.isThis && asked !== session.sessionId && (
              <Button
                variant="quiet"
                size="small"
                aria-label={`Log out ${session.device.words}`}
                onClick={() => setAsked(session.sessionId)}
              >
                Log out
              </Button>
            )}
            {asked === session.sessionId && confirmation(`Log out ${session.device.words}`, 'Log out there')}
          </li>
        ))}
      </ul>
      {others.length > 0 && asked !== null && (
        <Button variant="danger" className="justify-self-start" onClick={() => setAsked(null)}>
          Log out everywhere else
        </Button>
      )}
      {asked === null && confirmation('Log out everywhere else', 'Log out of all of them')}
      <Done>
        {end.data?.outcome === 'ended' &&
          (end.data.ended === 1 ? 'One browser was logged out.' : `${end.data.ended} browsers were logged out.`)}
      </Done>
    </div>
  )
}

/** Of those from before it was noted nobody knows: they count as by a password. */
const HOW: Record<WayIn, string> = { password: '', passkey: ' with a passkey', 'sign-up': ' by signing up' }

function SessionWords({ session: { device, openedAt, openedBy, lastUsedAt, isThis } }: { session: OwnSession }) {
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
          {HOW[openedBy]}
        </p>
      </div>
    </div>
  )
}
