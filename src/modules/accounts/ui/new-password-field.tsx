'use client'
import clsx from 'clsx'
import type { ComponentProps } from 'react'
import { TextField } from '../../../web/components/text-field.tsx'
import { PASSWORD_HINT } from '../model/sign-up-form.ts'
import { type Strength, useStrength } from './use-strength.ts'

interface NewPasswordFieldProps extends Omit<ComponentProps<typeof TextField>, 'type' | 'autoComplete' | 'hint'> {
  /** What others know of the person beside what stands in the form. */
  known?: string[]
}

/** A field for a password that is to be, and how hard that is to guess. It advises; what is refused the server says. */
export function NewPasswordField({ known = [], ...field }: NewPasswordFieldProps) {
  const { strength, ask } = useStrength()
  return (
    <div className="grid gap-2">
      <TextField
        {...field}
        type="password"
        autoComplete="new-password"
        hint={PASSWORD_HINT}
        onFocus={({ currentTarget }) => ask(currentTarget.value, [...known, ...othersIn(currentTarget.form)])}
        onInput={(event) => {
          const { currentTarget } = event
          field.onInput?.(event)
          ask(currentTarget.value, [...known, ...othersIn(currentTarget.form)])
        }}
      />
      <Meter strength={strength} />
    </div>
  )
}

const WORDS = ['Guessed at once', 'Easy to guess', 'Could be harder to guess', 'Hard to guess', 'Very hard to guess']
const STEPS = [0, 1, 2, 3] as const

/** There from the beginning, empty: nothing moves when the first letter is typed. */
function Meter({ strength }: { strength: Strength | null }) {
  const reached = strength ? Math.max(strength.score, 1) : 0
  return (
    <div className="grid grid-cols-[6rem_minmax(0,1fr)] items-start gap-x-3 text-sm">
      <span aria-hidden="true" className="mt-2 grid grid-cols-4 gap-1">
        {STEPS.map((step) => (
          <span key={step} className={clsx('h-1 rounded-full', step < reached ? 'bg-ink' : 'bg-line')} />
        ))}
      </span>
      <p aria-live="polite" className="min-h-5 text-muted">
        {strength && (
          <>
            <span className="text-ink">{WORDS[strength.score]}.</span> {strength.score < 3 && strength.advice}
          </>
        )}
      </p>
    </div>
  )
}

/** What else stands in the form, but other passwords. */
function othersIn(form: HTMLFormElement | null): string[] {
  return [...(form?.elements ?? [])].flatMap((each) =>
    each instanceof HTMLInputElement && each.type !== 'password' && each.value !== '' ? [each.value] : [],
  )
}
