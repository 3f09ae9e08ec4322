'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { Button } from '../../../web/components/button.tsx'
import { FailureNotice } from '../../../web/components/failure-notice.tsx'
import { TextField } from '../../../web/components/text-field.tsx'
import { useForm } from '../../../web/components/use-form.ts'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { phoneForm } from '../model/account-forms.ts'
import type { Profile } from '../profile-router.ts'
import { CodeForm } from './code-form.tsx'
import { Standing } from './standing.tsx'

/** The number we send texts to: none, one that was confirmed or not, and one whose code is on its way. */
export function PhonePart({ profile }: { profile: Profile }) {
  const { phone, phoneConfirmed, pendingPhone } = profile
  return (
    <div className="grid gap-5">
      {phone && (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="tabular-nums">{phone}</span>
          <Standing isConfirmed={phoneConfirmed} />
        </p>
      )}
      {pendingPhone && <CodeForm key={pendingPhone.phone} pending={pendingPhone} />}
      <PhoneForm profile={profile} />
    </div>
  )
}

function PhoneForm({ profile: { phone, phoneConfirmed, pendingPhone } }: { profile: Profile }) {
  const trpc = useTRPC()
  const router = useRouter()
  const request = useMutation(
    trpc.accounts.profile.requestPhoneChange.mutationOptions({
      onSuccess: ({ outcome }) => {
        if (outcome === 'unchanged') return form.showProblem('phone', 'This number is confirmed already.')
        router.refresh()
      },
    }),
  )
  const remove = useMutation(trpc.accounts.profile.removePhone.mutationOptions({ onSuccess: () => router.refresh() }))
  const form = useForm(phoneForm, (values) => request.mutate(values))
  const isUnconfirmed = phone !== null && !phoneConfirmed && !pendingPhone
  return (
    <form {...form.formProps} className="grid gap-4">
      <TextField
        // A number that was given at sign-up can be confirmed as it is.
        key={phone}
        label={isUnconfirmed ? 'Number to confirm' : phone || pendingPhone ? 'Another number' : 'Phone'}
        type="tel"
        autoComplete="tel"
        defaultValue={isUnconfirmed ? phone : ''}
        hint="We send a code there, to see that it is yours. Like +49 170 1234567."
        {...form.fieldProps('phone')}
      />
      <FailureNotice of={request} title="No code was sent." />
      <FailureNotice of={remove} title="Your number was not removed." />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" variant="quiet" pending={request.isPending}>
          Send a code
        </Button>
        {phone && (
          <Button variant="danger" pending={remove.isPending} onClick={() => remove.mutate()}>
            Remove number
          </Button>
        )}
      </div>
    </form>
  )
}
