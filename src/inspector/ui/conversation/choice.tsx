import clsx from 'clsx'
import type { ReactNode } from 'react'

interface ChoiceProps {
  isOn?: boolean
  title?: string | undefined
  isDisabled?: boolean
  onClick(): void
  children: ReactNode
}

/** A small button of a toolbar; pressed, where it is one of two states. */
export function Choice({ isOn, title, isDisabled, onClick, children }: ChoiceProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      title={title}
      disabled={isDisabled}
      onClick={onClick}
      className={clsx(
        'h-7 rounded-md border px-2.5 text-xs transition-colors disabled:cursor-not-allowed disabled:opacity-55',
        isOn ? 'border-ink bg-ink text-paper' : 'border-edge bg-raised text-muted hover:border-muted hover:text-ink',
      )}
    >
      {children}
    </button>
  )
}
