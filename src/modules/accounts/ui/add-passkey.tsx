'use client'
import { useMutation } from '@tanstack/react-query'
import { z } from 'zod'
import { Button } from '../../../web/components/button.tsx'
import { Notice } from '../../../web/components/notice.tsx'
import { PasswordAgainField } from '../../../web/components/password-again-field.tsx'
import { TextField } from '../../../web/components/text-field.tsx'
import { useForm } from '../../../web/components/use-form.ts'
import { NOT_YOUR_PASSWORD, passwordField } from '../../../web/password-again.ts'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { passkeyLabel } from '../model/passkey-form.ts'
import { ceremonyProblem, makeOnDevice } from './passkey-ceremony.ts'
import { useRefreshPasskeys } from './refresh-passkeys.ts'

const addForm = z.object({ label: passkeyLabel, password: passwordField })

const OUTCOMES = {
  refused: 'The answer of the device came too late or does not fit. Please try again.',
  'already-there': 'This passkey is in use already.',
  'too-many': 'You have 20 passkeys. Remove one first.',
  'passkey-needed': 'You have a passkey, and came in with your password. Come in with the passkey to add another.',
} as const

/** Has the device make a passkey, once the password was given. */
export function AddPasskey() {
  const trpc = useTRPC()
  const refresh = useRefreshPasskeys()
  const ask = useMutation(trpc.accounts.askForNewPasskey.mutationOptions())
  const keep = useMutation(trpc.accounts.addPasskey.mutationOptions())
  const add = useMutation({
    mutationFn: async ({ label, password }: z.output<typeof addForm>) => {
      const asked = await ask.mutateAsync({ password })
      if (asked.outcome !== 'asked') return asked
      return keep.mutateAsync({ label, answer: await makeOnDevice(asked.options) })
    },
    onSuccess: async ({ outcome }) => {
      if (outcome === 'wrong-password') return form.showProblem('password', NOT_YOUR_PASSWORD)
      if (outcome !== 'added') return
      form.formProps.ref.current?.reset()
      await refresh()
    },
  })
  const form = useForm(addForm, (values) => add.mutate(values))
  const outcome = add.data?.outcome
  return (
    <form {...form.formProps} aria-label="Add a passkey" className="grid gap-5">
      <TextField
        label="Name of the new passkey"
        hint="So that you know it again, like “My phone”."
        autoComplete="off"
        {...form.fieldProps('label')}
      />
      <PasswordAgainField
        hint="Once more, so that nobody adds one at your open browser."
        {...form.fieldProps('password')}
      />
      {outcome && outcome in OUTCOMES && (
        <Notice title="It was not added.">{OUTCOMES[outcome as keyof typeof OUTCOMES]}</Notice>
      )}
      {add.isError && <Notice title="It was not added.">{ceremonyProblem(add.error)}</Notice>}
      <div>
        <Button type="submit" pending={add.isPending}>
          Add a passkey
        </Button>
      </div>
      <p role="status" className="text-sm">
        {outcome === 'added' && 'Added. You can log in with it from now on.'}
      </p>
    </form>
  )
}
