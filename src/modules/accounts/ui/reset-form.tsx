'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, buttonLook } from '../../../web/components/button.tsx'
import { FailureNotice } from '../../../web/components/failure-notice.tsx'
import { Link } from '../../../web/components/link.tsx'
import { useForm } from '../../../web/components/use-form.ts'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { resetForm } from '../model/account-forms.ts'
import { NewPasswordField } from './new-password-field.tsx'

interface ResetFormProps {
  token: string
  canReset: boolean
  /** How many the account has. */
  passkeys: number
  /** Whether they stay, since they are demanded of this person. */
  keepsPasskeys: boolean
}

/** Takes a new password from whoever followed the link. */
export function ResetForm({ token, canReset, passkeys, keepsPasskeys }: ResetFormProps) {
  const trpc = useTRPC()
  const reset = useMutation(
    trpc.accounts.password.reset.mutationOptions({ onError: (error) => form.showRefusal(error) }),
  )
  const [removePasskeys, setRemovePasskeys] = useState(!keepsPasskeys)
  const form = useForm(resetForm, (values) => reset.mutate({ ...values, token, removePasskeys }))
  if (reset.data?.outcome === 'changed') {
    return (
      <div role="status" className="grid justify-items-start gap-4">
        <h1 className="text-2xl font-semibold tracking-tight">Your password is changed</h1>
        <p className="text-muted">
          Every browser in which you were logged in is logged out.
          {passkeys > 0 && (removePasskeys ? ' Your passkeys are removed.' : ' Your passkeys work as before.')}
        </p>
        <Link href="/login" className={buttonLook()}>
          Log in
        </Link>
      </div>
    )
  }
  if (!canReset || reset.data) {
    return (
      <div role="status" className="grid justify-items-start gap-4">
        <h1 className="text-2xl font-semibold tracking-tight">This link does not work any more</h1>
        <p className="text-muted">
          It works for an hour, and once. Perhaps a part of it is missing: open it from the letter, or ask for another.
        </p>
        <Link href="/forgot" className={buttonLook()}>
          Ask for another link
        </Link>
      </div>
    )
  }
  return (
    <>
      <h1 className="mb-6 text-2xl font-semibold tracking-tight">Choose a new password</h1>
      <form {...form.formProps} className="grid gap-5">
        <NewPasswordField label="New password" {...form.fieldProps('password')} />
        {passkeys > 0 && keepsPasskeys && (
          <p className="text-sm text-muted">
            Your passkeys stay: your role asks for them. If you have lost them, or somebody else may have made one, tell
            an operator.
          </p>
        )}
        {passkeys > 0 && !keepsPasskeys && (
          <label className="grid grid-cols-[auto_1fr] gap-x-2.5">
            <input
              type="checkbox"
              checked={removePasskeys}
              onChange={({ target }) => setRemovePasskeys(target.checked)}
              className="mt-1"
            />
            <span>
              <span className="font-medium">
                {passkeys === 1 ? 'Remove my passkey, too' : `Remove my ${passkeys} passkeys, too`}
              </span>
              <span className="block text-sm text-muted">
                If somebody else may have been in your account: one of theirs would let them in again. You can add yours
                anew.
              </span>
            </span>
          </label>
        )}
        <FailureNotice of={reset} title="Your password was not changed." />
        <Button type="submit" pending={reset.isPending}>
          Change password
        </Button>
      </form>
    </>
  )
}
