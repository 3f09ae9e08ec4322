import clsx from 'clsx'
import { formatMs, onLogScale, slowestOf, totalMs } from '../../model/durations.ts'
import type { MessageRow } from '../../model/view.ts'

/** What is read from the counts of a scale is off by up to a tenth. */
const SLOWER = 1.1

interface Props {
  message: MessageRow
  /** How long messages of its type usually take at most; undefined where that is not known. */
  usualMs: number | undefined
}

/**
 * How long all of it took, also as a bar on a scale of factors that ends where all but one of twenty of its type are
 * done: what took longer is filled darker.
 */
export function Took({ message, usualMs }: Props) {
  const ms = totalMs(message)
  const isOpen = message.deliveries.some((each) => each.settledAt === null)
  if (ms === null) return <span className="block text-xs text-muted">{isOpen ? 'open' : '–'}</span>
  const slowest = slowestOf(message)
  const split =
    slowest &&
    `${slowest.subscription} was the last: ${formatMs(slowest.waitedMs)} until it was tried, ${formatMs(slowest.tookMs)} to handle it`
  const usual = usualMs !== undefined && `19 of 20 of its type took at most ${formatMs(usualMs)}`
  const isSlow = usualMs !== undefined && ms > usualMs * SLOWER
  return (
    <span
      title={[split, usual].filter(Boolean).join('. ') || undefined}
      className="flex items-center gap-2 font-mono text-xs text-muted"
    >
      <span aria-hidden="true" className="h-1.5 w-12 rounded-[1px] bg-tint max-sm:hidden">
        <span
          className={clsx('block h-full rounded-[1px]', isSlow ? 'bg-ink' : 'bg-field')}
          style={{ width: `${onLogScale(ms, usualMs) * 100}%` }}
        />
      </span>
      {formatMs(ms)}
    </span>
  )
}
