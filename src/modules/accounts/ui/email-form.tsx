'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '../../../web/components/button.tsx'
import { FailureNotice } from '../../../web/components/failure-notice.tsx'
import { PasswordAgainField } from '../../../web/components/password-again-field.tsx'
import { TextField } from '../../../web/components/text-field.tsx'
import { useForm } from '../../../web/components/use-form.ts'
import { NOT_YOUR_PASSWORD } from '../../../web/password-again.ts'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { emailForm } from '../model/account-forms.ts'

/** Asks for another address. Whoever finds an open browser does not know the password, and cannot take the account away. */
export function EmailForm({ present }: { present: string }) {
  const [isOpen, setOpen] = useState(false)
  const trpc = useTRPC()
  const router = useRouter()
  const request = useMutation(
    trpc.accounts.profile.requestEmailChange.mutationOptions({
      onSuccess: ({ outcome }) => {
        if (outcome === 'wrong-password') return form.showProblem('password', NOT_YOUR_PASSWORD)
        if (outcome === 'unchanged') return form.showProblem('email', 'This is your address already.')
        setOpen(false)
        router.refresh()
      },
    }),
  )
  const form = useForm(emailForm, (values) => request.mutate(values))
  if (!isOpen) {
    return (
      <Button variant="quiet" className="justify-self-start" onClick={() => setOpen(true)}>
        Change address
      </Button>
    )
  }
  return (
    <form {...form.formProps} aria-label="Change address" className="grid gap-4">
      <input type="email" autoComplete="username" value={present} readOnly hidden />
      <TextField
        label="New email"
        type="email"
        autoComplete="email"
        autoFocus
        hint="We send a link there. Your present address is told."
        {...form.fieldProps('email')}
      />
      <PasswordAgainField {...form.fieldProps('password')} />
      <FailureNotice of={request} title="Your address was not changed." />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" pending={request.isPending}>
          Send the link
        </Button>
        <Button variant="quiet" onClick={() => setOpen(false)}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
