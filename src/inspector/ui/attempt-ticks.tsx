import clsx from 'clsx'
import type { LaneView } from '../model/view.ts'

const MOST = 12

/** One tick per attempt: what failed, what succeeded, what is left. */
export function AttemptTicks({ lane: { attempts, attempt, maxAttempts, state } }: { lane: LaneView }) {
  if (attempt === 0) return null
  const isOpen = state === 'retrying' || state === 'running' || state === 'pending'
  const left = isOpen ? Math.max(0, Math.min(MOST, maxAttempts) - attempts.length) : 0
  return (
    <span className="inline-flex items-center gap-2 font-mono" title={`Attempt ${attempt} of ${maxAttempts}`}>
      <span aria-hidden="true" className="inline-flex items-center gap-[3px] empty:hidden">
        {attempts.slice(-MOST).map((each) => (
          <span
            key={each.number}
            className={clsx(
              'h-3 w-1 rounded-[1px]',
              each.outcome === 'succeeded' ? 'bg-state-succeeded' : 'bg-state-dead',
            )}
          />
        ))}
        {Array.from({ length: left }, (_, index) => (
          <span key={index} className="h-3 w-1 rounded-[1px] border border-state-pending" />
        ))}
      </span>
      {attempt}/{maxAttempts}
    </span>
  )
}
