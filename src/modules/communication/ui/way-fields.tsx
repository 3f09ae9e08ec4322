'use client'
import Link from 'next/link'
import { useId } from 'react'
import type { FieldsProps } from './preferences-form.tsx'

const WAYS = [
  ['email', 'By e-mail'],
  ['sms', 'By text'],
] as const

export function WayFields({ choices, change, phone }: FieldsProps & { phone: string | null }) {
  const group = useId()
  return (
    <fieldset>
      <legend className="sr-only">Short notices</legend>
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        {WAYS.map(([way, words]) => (
          <label key={way} className="flex h-8 items-center gap-2">
            <input
              type="radio"
              name={group}
              value={way}
              checked={choices.channel === way}
              disabled={way === 'sms' && phone === null && choices.channel !== 'sms'}
              onChange={() => change({ channel: way })}
              className="size-4 accent-(--accent)"
            />
            {words}
          </label>
        ))}
      </div>
      <p className="mt-1.5 text-sm text-muted">What warns you of somebody else always goes by e-mail, too.</p>
      {phone === null && (
        <p className="mt-1.5 text-sm text-muted">
          For texts we need your phone number:{' '}
          <Link href="/account" className="text-accent underline underline-offset-4">
            give it in your profile
          </Link>
          .
        </p>
      )}
    </fieldset>
  )
}
