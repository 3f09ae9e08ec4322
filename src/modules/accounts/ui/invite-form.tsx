'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import type { ComponentProps } from 'react'
import { Button } from '../../../web/components/button.tsx'
import { Done } from '../../../web/components/done.tsx'
import { FailureNotice } from '../../../web/components/failure-notice.tsx'
import { SelectField } from '../../../web/components/select-field.tsx'
import { TextField } from '../../../web/components/text-field.tsx'
import { useForm } from '../../../web/components/use-form.ts'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { inviteForm } from '../model/account-forms.ts'
import { ROLE_OPTIONS } from './role-options.ts'

interface InviteFormProps {
  /** In which a letter can be written. */
  languages: ComponentProps<typeof SelectField>['options']
  /** The one that the inviter reads. */
  language: string
}

export function InviteForm({ languages, language }: InviteFormProps) {
  const trpc = useTRPC()
  const router = useRouter()
  const invite = useMutation(
    trpc.accounts.people.invite.mutationOptions({
      onSuccess: ({ outcome }) => {
        if (outcome === 'has-account') return form.showProblem('email', 'This address has an account already.')
        form.formProps.ref.current?.reset()
        router.refresh()
      },
    }),
  )
  const form = useForm(inviteForm, (values) => invite.mutate(values))
  return (
    <form {...form.formProps} className="grid gap-4">
      <TextField
        label="Email"
        type="email"
        autoComplete="off"
        hint="A link goes there that works for 7 days."
        {...form.fieldProps('email')}
      />
      <SelectField label="Role" name="role" defaultValue="viewer" options={ROLE_OPTIONS} />
      <SelectField label="Language of the letter" name="language" defaultValue={language} options={languages} />
      <FailureNotice of={invite} title="Nobody was invited." />
      <Button type="submit" className="justify-self-start" pending={invite.isPending}>
        Invite
      </Button>
      <Done>{invite.data?.outcome === 'invited' && `An invitation is on its way to ${invite.variables?.email}.`}</Done>
    </form>
  )
}
