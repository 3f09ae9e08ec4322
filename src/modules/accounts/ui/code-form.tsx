'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { Button } from '../../../web/components/button.tsx'
import { FailureNotice } from '../../../web/components/failure-notice.tsx'
import { TextField } from '../../../web/components/text-field.tsx'
import { useForm } from '../../../web/components/use-form.ts'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { codeForm } from '../model/account-forms.ts'
import type { Profile } from '../profile-router.ts'

const TOO_MANY = 'That was not the code, too often. Ask for a new one below.'

/** Where the code goes that came by a text message. */
export function CodeForm({ pending: { phone } }: { pending: NonNullable<Profile['pendingPhone']> }) {
  const trpc = useTRPC()
  const router = useRouter()
  const confirm = useMutation(
    trpc.accounts.profile.confirmPhone.mutationOptions({
      onSuccess: (reply) => {
        if (reply.outcome === 'confirmed') return router.refresh()
        form.showProblem(
          'code',
          reply.outcome === 'expired' ? 'This code is too old. Ask for a new one below.' : wrong(reply),
        )
      },
    }),
  )
  const form = useForm(codeForm, (values) => confirm.mutate(values))
  return (
    <form {...form.formProps} aria-label="Confirm the number" className="grid gap-4 border-l-2 border-accent pl-4">
      <p className="text-sm" role="status">
        A code is on its way to <span className="font-mono">{phone}</span>. It works for 10 minutes.
      </p>
      <TextField
        label="Code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={12}
        autoFocus
        hint="The six digits of the text message."
        {...form.fieldProps('code')}
      />
      <FailureNotice of={confirm} title="Your number was not confirmed." />
      <Button type="submit" className="justify-self-start" pending={confirm.isPending}>
        Confirm number
      </Button>
    </form>
  )
}

function wrong({ triesLeft }: { triesLeft: number }): string {
  if (triesLeft === 0) return TOO_MANY
  return `This is not the code. You have ${triesLeft} more ${triesLeft === 1 ? 'try' : 'tries'}.`
}
