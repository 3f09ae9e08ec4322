'use client'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { z } from 'zod'
import { Button } from '../../../web/components/button.tsx'
import { Link } from '../../../web/components/link.tsx'
import { Notice } from '../../../web/components/notice.tsx'
import { TextField } from '../../../web/components/text-field.tsx'
import { useForm } from '../../../web/components/use-form.ts'
import { newKey } from '../../../web/new-key.ts'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { signUpForm } from '../model/sign-up-form.ts'
import { NewPasswordField } from './new-password-field.tsx'

/** In which language and when a person is written to at first. */
function habits() {
  return { language: navigator.language, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }
}

/** @param invitation the token of the invitation that is followed, and the address it was sent to */
export function SignUpForm({ invitation }: { invitation?: { token: string; email: string } }) {
  const trpc = useTRPC()
  const key = useRef<string>(undefined)
  const isSent = useRef(false)
  const [isTaken, setTaken] = useState(false)
  const [isExpired, setExpired] = useState(false)
  const signUp = useMutation(trpc.accounts.signUp.mutationOptions())
  const send = async (values: z.output<typeof signUpForm>) => {
    if (isSent.current) return
    isSent.current = true
    setTaken(false)
    // The same form sent twice, by a double click or after a lost answer, is one sign-up.
    key.current ??= newKey()
    try {
      const { outcome } = await signUp.mutateAsync({
        ...values,
        ...habits(),
        ...(invitation && { invitation: invitation.token }),
        idempotencyKey: key.current,
      })
      if (outcome === 'created' || outcome === 'accepted') return window.location.assign('/welcome')
      key.current = undefined
      if (outcome === 'invitation-expired') setExpired(true)
      else {
        setTaken(true)
        form.showProblem('email', 'This address already has an account.')
      }
    } catch (error) {
      // What no field is wrong with is said below, from the state of the mutation.
      form.showRefusal(error)
    }
    isSent.current = false
  }
  const form = useForm(signUpForm, (values) => void send(values))

  return (
    <form {...form.formProps} className="grid gap-5">
      <TextField label="Name" autoComplete="name" {...form.fieldProps('name')} />
      <TextField
        label="Email"
        type="email"
        autoComplete="email"
        {...(invitation && { defaultValue: invitation.email, readOnly: true, hint: 'The invitation was sent here.' })}
        {...form.fieldProps('email')}
      />
      {isTaken && (
        <p className="-mt-3 text-sm">
          Is it yours?{' '}
          <Link href="/login" className="text-accent underline underline-offset-4">
            Log in instead
          </Link>
        </p>
      )}
      <NewPasswordField label="Password" {...form.fieldProps('password')} />
      <TextField
        label="Phone (optional)"
        type="tel"
        autoComplete="tel"
        hint="For one welcome text, like +49 170 1234567."
        {...form.fieldProps('phone')}
      />
      {signUp.isError && !signUp.error.data?.fieldErrors && (
        <Notice title="Your account could not be created.">
          {signUp.error.data ? signUp.error.message : 'The server did not answer. Please try again.'} What you typed is
          still here.
        </Notice>
      )}
      {isExpired && (
        <Notice title="This invitation does not work any more.">
          It works for 7 days, and once. If you have created your account with it, log in; otherwise ask for another.
        </Notice>
      )}
      <Button type="submit" pending={signUp.isPending || (signUp.isSuccess && !isTaken && !isExpired)}>
        Create account
      </Button>
    </form>
  )
}
