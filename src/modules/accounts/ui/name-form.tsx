'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { Button } from '../../../web/components/button.tsx'
import { Done } from '../../../web/components/done.tsx'
import { FailureNotice } from '../../../web/components/failure-notice.tsx'
import { TextField } from '../../../web/components/text-field.tsx'
import { useForm } from '../../../web/components/use-form.ts'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { nameForm } from '../model/account-forms.ts'

export function NameForm({ name }: { name: string }) {
  const trpc = useTRPC()
  const router = useRouter()
  const change = useMutation(trpc.accounts.profile.changeName.mutationOptions({ onSuccess: () => router.refresh() }))
  const form = useForm(nameForm, (values) => change.mutate(values))
  return (
    <form {...form.formProps} className="grid gap-4">
      <TextField label="Name" autoComplete="name" defaultValue={name} {...form.fieldProps('name')} />
      <FailureNotice of={change} title="Your name was not changed." />
      <Button type="submit" variant="quiet" className="justify-self-start" pending={change.isPending}>
        Save name
      </Button>
      <Done>{change.data && (change.data.outcome === 'changed' ? 'Your name is changed.' : 'That is your name.')}</Done>
    </form>
  )
}
