'use client'
import { type FormEvent, type ReactNode, useState } from 'react'
import { REVEALED_FOR_S, SAY_WHY, SHORTEST_REASON } from '../revealing.ts'
import { Button } from './button.tsx'
import { TextField } from './text-field.tsx'

interface Props {
  /** What is shown, for those who do not see where the form stands. */
  label: string
  /** On the button. */
  verb: string
  /** How the request stands. */
  of: { isPending: boolean; error: { message: string; data?: object | null | undefined } | null }
  /** Once there is a reason that says something. */
  onReveal(typed: Record<string, string>): void
  onCancel(): void
  /** What else is asked, above the reason. */
  children?: ReactNode
}

/** Asks why something masked is to be shown. */
export function RevealForm({ label, verb, of: { isPending, error }, onReveal, onCancel, children }: Props) {
  const [isUnsaid, setUnsaid] = useState(false)
  const problem = error && (error.data ? error.message : 'The server did not answer. Please try again.')
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>
    const isSaid = (typed.reason ?? '').trim().length >= SHORTEST_REASON
    setUnsaid(!isSaid)
    if (isSaid) onReveal(typed)
  }
  return (
    <form noValidate onSubmit={send} aria-label={label} className="grid max-w-lg gap-3">
      {children}
      <TextField
        label="Reason"
        name="reason"
        autoFocus
        maxLength={500}
        hint={`It is kept in the audit, with your name. Shown for ${REVEALED_FOR_S} seconds.`}
        error={isUnsaid ? SAY_WHY : (problem ?? undefined)}
      />
      <div className="flex gap-2">
        <Button type="submit" size="small" pending={isPending}>
          {verb}
        </Button>
        <Button variant="quiet" size="small" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
