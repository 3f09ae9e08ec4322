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
      <div aria-live="polite" className="min-h-6 text-sm">
        {strength && <Meter strength={strength} />}
      </div>
    </div>
  )
}

const WORDS = ['Guessed at once', 'Easy to guess', 'Could be harder to guess', 'Hard to guess', 'Very hard to guess']
const STEPS = [0, 1, 2, 3] as const

function Meter({ strength: { score, advice } }: { strength: Strength }) {
  return (
    <div className="grid grid-cols-[6rem_minmax(0,1fr)] items-start gap-x-3">
      <span aria-hidden="true" className="mt-2 grid grid-cols-4 gap-1">
        {STEPS.map((step) => (
          <span key={step} className={clsx('h-1 rounded-full', step < Math.max(score, 1) ? 'bg-ink' : 'bg-line')} />
        ))}
      </span>
      <p className="text-muted">
        <span className="text-ink">{WORDS[score]}.</span> {score < 3 && advice}
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
