'use client'
import { useMutation } from '@tanstack/react-query'
import { z } from 'zod'
import { Button } from '../../../web/components/button.tsx'
import { FailureNotice } from '../../../web/components/failure-notice.tsx'
import { Notice } from '../../../web/components/notice.tsx'
import { PasswordAgainField } from '../../../web/components/password-again-field.tsx'
import { useForm } from '../../../web/components/use-form.ts'
import { NOT_YOUR_PASSWORD, passwordField } from '../../../web/password-again.ts'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { whenErased } from '../model/words.ts'

const deleteForm = z.object({ password: passwordField })

/** Says exactly what happens, and asks for the password. */
export function DeleteAccount({ legalHoldDays }: { legalHoldDays: number }) {
  const trpc = useTRPC()
  const deletion = useMutation(
    trpc.privacy.deleteAccount.mutationOptions({
      onSuccess: ({ outcome }) => {
        if (outcome === 'wrong-password') form.showProblem('password', NOT_YOUR_PASSWORD)
        else if (outcome !== 'last-operator') window.location.assign('/')
      },
    }),
  )
  const form = useForm(deleteForm, (values) => deletion.mutate(values))
  const outcome = deletion.data?.outcome
  return (
    <form {...form.formProps} className="grid gap-5">
      <ul className="grid list-disc gap-1.5 pl-5 text-sm">
        <li>You are logged out everywhere, and cannot log in again. The address can be used for a new account.</li>
        <li>Everything that is kept about you is erased {whenErased(legalHoldDays)}. It cannot be brought back.</li>
        <li>
          What remains says that something happened, but not about whom: counts, and entries that nobody can read.
        </li>
        <li>We confirm it by a last e-mail.</li>
      </ul>
      <PasswordAgainField {...form.fieldProps('password')} />
      {outcome === 'last-operator' && (
        <Notice title="Your account was not deleted.">
          There must be an operator, and you are the only one: make somebody else one first, under People.
        </Notice>
      )}
      <FailureNotice of={deletion} title="Your account was not deleted." />
      <div>
        <Button type="submit" variant="danger" pending={deletion.isPending || outcome === 'deleted'}>
          Delete my account
        </Button>
      </div>
    </form>
  )
}
