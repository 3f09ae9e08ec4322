'use client'
import { useMutation } from '@tanstack/react-query'
import { Button } from '../../../web/components/button.tsx'
import { Notice } from '../../../web/components/notice.tsx'
import { TextField } from '../../../web/components/text-field.tsx'
import { useForm } from '../../../web/components/use-form.ts'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { ownPath } from '../model/own-path.ts'
import { logInForm } from '../model/sign-up-form.ts'

/** @param next where to go afterwards, as it stood in the address: only a path of this site counts */
export function LogInForm({ next }: { next: unknown }) {
  const trpc = useTRPC()
  const logIn = useMutation(
    trpc.accounts.logIn.mutationOptions({
      onSuccess: ({ outcome }) => outcome === 'signed-in' && window.location.assign(ownPath(next)),
    }),
  )
  const form = useForm(logInForm, (values) => logIn.mutate(values))
  return (
    <form {...form.formProps} className="grid gap-5">
      <TextField label="Email" type="email" autoComplete="username webauthn" {...form.fieldProps('email')} />
      <TextField label="Password" type="password" autoComplete="current-password" {...form.fieldProps('password')} />
      {logIn.data?.outcome === 'wrong-credentials' && (
        <Notice title="You were not logged in.">
          The address or the password is not right. Check both, and try again.
        </Notice>
      )}
      {logIn.isError && (
        <Notice title="You could not be logged in.">
          {logIn.error.data ? logIn.error.message : 'The server did not answer. Please try again.'}
          {logIn.error.data?.code === 'TOO_MANY_REQUESTS' &&
            ' With a passkey, or a link from “Forgot your password?”, you get in at once.'}
        </Notice>
      )}
      <Button type="submit" pending={logIn.isPending || logIn.data?.outcome === 'signed-in'}>
        Log in
      </Button>
    </form>
  )
}
