'use client'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '../../../web/components/button.tsx'
import { Notice } from '../../../web/components/notice.tsx'
import { TextField } from '../../../web/components/text-field.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { whenErased } from '../model/words.ts'

/** Says exactly what happens, and asks for the password. */
export function DeleteAccount({ legalHoldDays }: { legalHoldDays: number }) {
  const trpc = useTRPC()
  const [problem, setProblem] = useState<string>()
  const [isLastOperator, setLastOperator] = useState(false)
  const deletion = useMutation(
    trpc.privacy.deleteAccount.mutationOptions({
      onSuccess: ({ outcome }) => {
        if (outcome === 'wrong-password') setProblem('This is not your password.')
        else if (outcome === 'last-operator') setLastOperator(true)
        else window.location.assign('/')
      },
    }),
  )
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const password = new FormData(event.currentTarget).get('password')
    if (typeof password !== 'string' || password === '') return setProblem('Type your password.')
    setProblem(undefined)
    deletion.mutate({ password })
  }
  return (
    <form noValidate onSubmit={send} className="grid gap-5">
      <ul className="grid list-disc gap-1.5 pl-5 text-sm">
        <li>You are logged out everywhere, and cannot log in again. The address can be used for a new account.</li>
        <li>Everything that is kept about you is erased {whenErased(legalHoldDays)}. It cannot be brought back.</li>
        <li>
          What remains says that something happened, but not about whom: counts, and entries that nobody can read.
        </li>
        <li>We confirm it by a last e-mail.</li>
      </ul>
      <TextField label="Password" type="password" name="password" autoComplete="current-password" error={problem} />
      {isLastOperator && (
        <Notice title="Your account was not deleted.">
          There must be an operator, and you are the only one: make somebody else one first, under People.
        </Notice>
      )}
      {deletion.isError && (
        <Notice title="Your account was not deleted.">
          {deletion.error.data ? deletion.error.message : 'The server did not answer. Please try again.'}
        </Notice>
      )}
      <div>
        <Button type="submit" variant="danger" pending={deletion.isPending || deletion.data?.outcome === 'deleted'}>
          Delete my account
        </Button>
      </div>
    </form>
  )
}
