'use client'
import { DottedName } from '../../../web/components/dotted-name.tsx'
import { StateWord } from '../../../web/components/state-glyph.tsx'
import type { DeliveryView } from '../../model/view.ts'
import { NextAttempt } from '../next-attempt.tsx'
import { useNow } from '../use-now.ts'

export interface Pointed {
  delivery: DeliveryView
  /** Where its sign is on the screen. */
  at: { left: number; top: number; bottom: number }
}

/** Below it there is no room for the card: it opens upwards. */
const LOW_PX = 180

/** Of the sign that one points at: which handler, how it stands, when it is tried again, and why it failed. */
export function PipCard({ pointed: { delivery, at } }: { pointed: Pointed }) {
  const { subscription, state, attempt, maxAttempts, lastError, reason } = delivery
  const now = useNow(state === 'retrying') ?? Date.now()
  const isLow = at.bottom > window.innerHeight - LOW_PX
  const place = isLow ? { bottom: window.innerHeight - at.top + 6 } : { top: at.bottom + 6 }
  return (
    <div
      role="presentation"
      className="pointer-events-none fixed z-40 grid w-80 gap-1 rounded-md border border-field bg-raised px-3.5 py-2.5 text-sm shadow-[0_4px_16px_rgb(0_0_0/0.12)]"
      style={{ left: Math.max(8, Math.min(at.left - 16, window.innerWidth - 336)), ...place }}
    >
      <p className="font-semibold [overflow-wrap:anywhere]">
        <DottedName name={subscription} />
      </p>
      <p className="flex items-center gap-3 text-xs text-muted">
        <StateWord state={state} attempts={attempt} />
        {attempt > 0 && (
          <span className="font-mono">
            attempt {attempt} of {maxAttempts}
          </span>
        )}
      </p>
      {state === 'retrying' && <NextAttempt lane={delivery} now={now} />}
      {(lastError ?? reason) && (
        <p className="line-clamp-3 text-xs [overflow-wrap:anywhere] text-muted">{lastError ?? reason}</p>
      )}
    </div>
  )
}
