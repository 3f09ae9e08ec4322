'use client'
import { useId } from 'react'
import { Link } from '../../../web/components/link.tsx'
import type { FieldsProps } from './preferences-form.tsx'

const WAYS = [
  ['email', 'By e-mail'],
  ['sms', 'By text'],
] as const

export function WayFields({ choices, change, hasPhone }: FieldsProps & { hasPhone: boolean }) {
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
              disabled={way === 'sms' && !hasPhone && choices.channel !== 'sms'}
              onChange={() => change({ channel: way })}
            />
            {words}
          </label>
        ))}
      </div>
      <p className="mt-1.5 text-sm text-muted">What warns you of somebody else always goes by e-mail, too.</p>
      {!hasPhone && (
        <p className="mt-1.5 text-sm text-muted">
          For texts we need a phone number that is confirmed:{' '}
          <Link href="/account" className="text-accent underline underline-offset-4">
            see to it in your profile
          </Link>
          .
        </p>
      )}
    </fieldset>
  )
}
