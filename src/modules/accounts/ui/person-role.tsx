'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '../../../web/components/button.tsx'
import { FailureNotice } from '../../../web/components/failure-notice.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import type { ListedPerson } from '../people-router.ts'
import { ROLE_OPTIONS } from './role-options.ts'

const REFUSALS = {
  'last-operator': 'There must be an operator: make somebody else one first.',
  'named-operator': 'The settings (OPERATOR_EMAILS) make this person an operator.',
  unchanged: null,
  unknown: 'This person has no account any more.',
  changed: null,
} as const

/** What a person may do. Another choice waits for a second look: it logs the person out. */
export function PersonRole({
  person: { userId, name, role, isNamed },
  isSelf,
}: {
  person: ListedPerson
  isSelf: boolean
}) {
  const [chosen, setChosen] = useState(role)
  const trpc = useTRPC()
  const router = useRouter()
  const change = useMutation(
    trpc.accounts.people.changeRole.mutationOptions({
      onSuccess: ({ outcome }) => {
        if (outcome !== 'changed') return setChosen(role)
        if (isSelf) window.location.assign('/account')
        else router.refresh()
      },
    }),
  )
  const refusal = change.data && REFUSALS[change.data.outcome]
  if (isNamed) return <p className="text-sm text-muted">Operator, by the settings</p>
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <select
          aria-label={`Role of ${name}`}
          value={chosen}
          onChange={({ target }) => setChosen(ROLE_OPTIONS.find(({ value }) => value === target.value)?.value ?? role)}
          className="h-9 rounded-md border border-field bg-raised px-2 text-sm hover:border-ink"
        >
          {ROLE_OPTIONS.map(({ value }) => (
            <option key={value} value={value}>
              {value}
            </option>
          ))}
        </select>
        {chosen !== role && (
          <Button
            size="small"
            pending={change.isPending}
            aria-label={`Make ${name} ${chosen}`}
            onClick={() => change.mutate({ userId, role: chosen })}
          >
            Change role
          </Button>
        )}
      </div>
      {chosen !== role && (
        <p className="max-w-56 text-xs text-muted">
          {isSelf ? 'You stay logged in here, and nowhere else.' : 'Whoever changes role has to log in again.'}
        </p>
      )}
      {refusal && (
        <p role="alert" className="max-w-56 text-sm text-danger">
          {refusal}
        </p>
      )}
      <FailureNotice of={change} title="The role was not changed." />
    </div>
  )
}
