'use client'
import { useMutation } from '@tanstack/react-query'
import { Button } from '../../../web/components/button.tsx'
import { FailureNotice } from '../../../web/components/failure-notice.tsx'
import { TextField } from '../../../web/components/text-field.tsx'
import { useForm } from '../../../web/components/use-form.ts'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { forgotForm } from '../model/account-forms.ts'

/** Asks for a link by which a new password can be chosen. Says the same to everybody. */
export function ForgotForm() {
  const trpc = useTRPC()
  const request = useMutation(trpc.accounts.password.requestReset.mutationOptions())
  const form = useForm(forgotForm, (values) => request.mutate(values))
  if (request.isSuccess) {
    return (
      <div role="status" className="grid gap-4">
        <h1 className="text-2xl font-semibold tracking-tight">Look into your mail</h1>
        <p className="text-muted">
          If <bdi className="text-ink [overflow-wrap:anywhere]">{request.variables.email}</bdi> has an account here, a
          letter with a link is on its way there. The link works for an hour, once.
        </p>
        <p className="text-sm text-muted">
          Nothing came? Look among unwanted mail, and see whether this is the address you signed up with.
        </p>
        <Button variant="quiet" className="justify-self-start" onClick={() => request.reset()}>
          Try another address
        </Button>
      </div>
    )
  }
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">A new password</h1>
      <p className="mt-2 mb-6 text-muted">Tell us your address, and we send a link there to choose another one.</p>
      <form {...form.formProps} className="grid gap-5">
        <TextField label="Email" type="email" autoComplete="email" {...form.fieldProps('email')} />
        <FailureNotice of={request} title="No letter was sent." />
        <Button type="submit" pending={request.isPending}>
          Send the link
        </Button>
      </form>
    </>
  )
}
