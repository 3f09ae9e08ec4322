import clsx from 'clsx'
import type { ReactNode } from 'react'

const TONES = {
  succeeded: 'text-state-succeeded',
  retrying: 'text-state-retrying',
  ink: 'text-muted',
} as const

interface StampProps {
  children: ReactNode
  /** Small, below the word: a time, a number. */
  note?: ReactNode
  tone?: keyof typeof TONES
  /** In degrees: no two stamps sit alike. */
  tilt?: number
}

/** The mark of a stop: a word in a double frame, never quite straight. */
export function Stamp({ children, note, tone = 'succeeded', tilt = -6 }: StampProps) {
  return (
    <span
      className={clsx(
        'stamped inline-grid justify-items-center rounded border-2 border-current p-[2px] font-mono leading-none',
        TONES[tone],
      )}
      style={{ rotate: `${tilt}deg` }}
    >
      <span className="grid justify-items-center gap-1 rounded-[2px] border border-current px-2 py-1.5">
        <span className="text-xs font-semibold tracking-[0.12em] uppercase">{children}</span>
        {note && <span className="text-[0.6875rem]">{note}</span>}
      </span>
    </span>
  )
}
