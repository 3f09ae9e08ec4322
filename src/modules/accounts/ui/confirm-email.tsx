'use client'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Button, buttonLook } from '../../../web/components/button.tsx'
import { Link } from '../../../web/components/link.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'

const WORDS = {
  changed: ['Your new address is confirmed', 'From now on we write to it, and you log in with it.'],
  taken: ['This address has an account of its own', 'Your account keeps its address. Log in to the other one instead.'],
  confirmed: ['Your address is confirmed', 'Thank you. Everything is done.'],
  'already-confirmed': ['Your address was confirmed already', 'Nothing more to do.'],
  expired: ['This link is too old', 'Log in, and ask for another one on the page of your account.'],
  unknown: ['This link does not work', 'Perhaps a part of it is missing. Open it once more from the e-mail.'],
} as const

const TO_SIGN_UP = ['/welcome', 'See your sign-up'] as const
const TO_ACCOUNT = ['/account', 'To your account'] as const
const NEXT = {
  changed: TO_ACCOUNT,
  taken: TO_ACCOUNT,
  confirmed: TO_SIGN_UP,
  'already-confirmed': TO_SIGN_UP,
  expired: TO_ACCOUNT,
  unknown: TO_ACCOUNT,
} as const

/** Confirms on arrival, by script: programs that look into mails and follow links do not confirm for anybody. */
export function ConfirmEmail({ token }: { token: string }) {
  const trpc = useTRPC()
  const confirm = useMutation(trpc.accounts.confirmEmail.mutationOptions())
  const hasBegun = useRef(false)
  const { mutate } = confirm
  useEffect(() => {
    if (hasBegun.current) return
    hasBegun.current = true
    mutate({ token })
  }, [mutate, token])

  const [title, text] = confirm.data ? WORDS[confirm.data.outcome] : confirm.isError ? FAILED : WAITING
  return (
    <div aria-live="polite" className="grid justify-items-start gap-4">
      <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
      <p className="text-muted">{text}</p>
      {confirm.data ? (
        <Link href={NEXT[confirm.data.outcome][0]} className={buttonLook({ variant: 'quiet' })}>
          {NEXT[confirm.data.outcome][1]}
        </Link>
      ) : (
        <Button pending={confirm.isPending} onClick={() => mutate({ token })}>
          Confirm my address
        </Button>
      )}
    </div>
  )
}

const WAITING = ['Confirming your address', 'One moment.'] as const
const FAILED = ['That did not work', 'The server did not answer. Please try again.'] as const
