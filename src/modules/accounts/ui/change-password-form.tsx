'use client'
import { useMutation } from '@tanstack/react-query'
import { Button } from '../../../web/components/button.tsx'
import { Done } from '../../../web/components/done.tsx'
import { FailureNotice } from '../../../web/components/failure-notice.tsx'
import { TextField } from '../../../web/components/text-field.tsx'
import { useForm } from '../../../web/components/use-form.ts'
import { NOT_YOUR_PASSWORD } from '../../../web/password-again.ts'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { changePasswordForm } from '../model/account-forms.ts'
import { NewPasswordField } from './new-password-field.tsx'

/** @param known what others know of the person, for the advice on the new password */
export function ChangePasswordForm({ email, known }: { email: string; known: string[] }) {
  const trpc = useTRPC()
  const change = useMutation(
    trpc.accounts.password.change.mutationOptions({
      onSuccess: ({ outcome }) => {
        if (outcome === 'wrong-password') return form.showProblem('currentPassword', NOT_YOUR_PASSWORD)
        form.formProps.ref.current?.reset()
      },
      onError: (error) => form.showRefusal(error),
    }),
  )
  const form = useForm(changePasswordForm, (values) => change.mutate(values))
  return (
    <form {...form.formProps} className="grid gap-4">
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <TextField
        label="Present password"
        type="password"
        autoComplete="current-password"
        {...form.fieldProps('currentPassword')}
      />
      <NewPasswordField label="New password" known={known} {...form.fieldProps('password')} />
      <FailureNotice of={change} title="Your password was not changed." />
      <Button type="submit" variant="quiet" className="justify-self-start" pending={change.isPending}>
        Change password
      </Button>
      <Done>
        {change.data?.outcome === 'changed' && `Your password is changed. ${elsewhere(change.data.endedSessions)}`}
      </Done>
    </form>
  )
}

function elsewhere(ended: number): string {
  if (ended === 0) return 'You were logged in nowhere else.'
  return `You were logged out in ${ended === 1 ? 'one other browser' : `${ended} other browsers`}.`
}
