import { formatMs } from '../model/durations.ts'
import type { AttemptView, DeliveryView } from '../model/view.ts'

const RADIUS = 5
const ROUND = 2 * Math.PI * RADIUS

interface Props {
  /** Where its attempts are known, the ring says how much of the wait is over. */
  lane: Pick<DeliveryView, 'dueAt'> & { attempts?: readonly AttemptView[] }
  now: number
}

/** Counts down to the next attempt: a ring that empties, and the time in words. */
export function NextAttempt({ lane: { dueAt, attempts = [] }, now }: Props) {
  const leftMs = Date.parse(dueAt) - now
  if (leftMs <= 0) return <p>The next attempt is due</p>
  const failedAt = Date.parse(attempts.at(-1)?.finishedAt ?? '')
  const share = Number.isNaN(failedAt) ? 1 : Math.min(1, leftMs / (Date.parse(dueAt) - failedAt))
  return (
    <p className="flex items-center gap-2" title={dueAt}>
      <svg width="14" height="14" viewBox="0 0 14 14" fill="none" aria-hidden="true" className="shrink-0 -rotate-90">
        <circle cx="7" cy="7" r={RADIUS} className="stroke-line" strokeWidth="2.5" />
        <circle
          cx="7"
          cy="7"
          r={RADIUS}
          className="stroke-state-retrying"
          strokeWidth="2.5"
          strokeDasharray={`${share * ROUND} ${ROUND}`}
        />
      </svg>
      Next attempt in {formatMs(Math.ceil(leftMs / 1_000) * 1_000)}
    </p>
  )
}
