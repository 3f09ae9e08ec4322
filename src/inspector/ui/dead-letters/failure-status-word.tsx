import clsx from 'clsx'
import { type FailureFacts, leftToIgnore } from '../../model/failure-status.ts'

const SHAPES = { new: '●', acknowledged: '◐', resolved: '✓', ignored: '⊘', regressed: '↺' } as const

/** How a kind of failure stands, by shape and word, and whose it is. */
export function FailureStatusWord({ facts: { status, mark, everCount } }: { facts: FailureFacts }) {
  const isLoud = status === 'regressed'
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 text-xs">
      <span
        className={clsx(
          'inline-flex items-center gap-1 rounded border px-1.5 py-0.5',
          isLoud ? 'border-danger font-medium text-danger' : 'border-line',
        )}
      >
        <span aria-hidden="true">{SHAPES[status]}</span>
        {status}
      </span>
      {mark?.owner && <span className="text-muted">{mark.owner}</span>}
      {mark && status === 'ignored' && (
        <span className="text-muted">until {leftToIgnore(mark, everCount ?? 0).toLocaleString('en')} more</span>
      )}
    </span>
  )
}
