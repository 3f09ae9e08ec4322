'use client'
import { useEffect } from 'react'
import { DottedName } from '../../../web/components/dotted-name.tsx'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { KindMark } from '../../../web/components/kind-mark.tsx'
import { laneItemsWithin } from '../../model/lane-folds.ts'
import type { DeliveryView, MessageRow } from '../../model/view.ts'
import { NextAttempt } from '../next-attempt.tsx'
import { useNow } from '../use-now.ts'
import { CompactLanes, CompactLine } from './compact-lanes.tsx'
import type { Pointed } from './use-pointed.ts'

interface Props {
  message: MessageRow
  pointed: Pointed
  onClose(): void
}

const [GAP_PX, EDGE_PX, WIDEST_PX] = [6, 8, 384]
/** Of a lane, whose name may take two lines, and of all that is not one: the name above, and what is said of the one that is pointed at. */
const [LANE_PX, WORDS_PX] = [44, 160]

/** Beside the signs of a message: its fan-out, and of the delivery that one points at when it is tried again, and why it failed. */
export function PipCard({ message: { kind, name, deliveries }, pointed: { deliveryId, at }, onClose }: Props) {
  const below = window.innerHeight - at.bottom - GAP_PX - EDGE_PX
  const above = at.top - GAP_PX - EDGE_PX
  // By the number of its lanes, whatever is said in them: it does not jump over while one goes from sign to sign.
  const isBelow = below >= Math.min(above, WORDS_PX + deliveries.length * LANE_PX)
  const room = isBelow ? below : above
  const items = laneItemsWithin(deliveries, deliveryId, Math.floor((room - WORDS_PX) / LANE_PX))
  const width = Math.min(WIDEST_PX, window.innerWidth - 2 * EDGE_PX)
  useEscape(onClose)
  return (
    <div
      role="tooltip"
      className="pointer-events-none fixed z-40 grid gap-1 overflow-hidden rounded-md border border-field bg-raised px-3.5 py-2.5 text-sm shadow-[0_4px_16px_rgb(0_0_0/0.12)]"
      style={{
        width,
        maxHeight: room,
        left: Math.max(EDGE_PX, Math.min(at.left - 16, window.innerWidth - width - EDGE_PX)),
        ...(isBelow ? { top: at.bottom + GAP_PX } : { bottom: window.innerHeight - at.top + GAP_PX }),
      }}
    >
      <p className="flex items-center gap-2">
        <KindMark kind={kind} />
        <span className="min-w-0 font-semibold [overflow-wrap:anywhere]">
          <DottedName name={name} />
        </span>
      </p>
      <div className="ml-[5px]">
        <CompactLanes kind={kind} items={items} pointed={deliveryId}>
          {(lane) => (
            <>
              <CompactLine lane={lane} />
              {lane.deliveryId === deliveryId && <Words delivery={lane} />}
            </>
          )}
        </CompactLanes>
      </div>
    </div>
  )
}

/** What one wants to know of a delivery beside its state. */
function Words({ delivery }: { delivery: DeliveryView }) {
  const { state, attempt, maxAttempts, lastError, reason } = delivery
  const now = useNow(state === 'retrying') ?? Date.now()
  return (
    <div className="grid gap-1 pb-1 text-xs text-muted empty:hidden">
      {attempt > 0 && (
        <p className="font-mono">
          attempt {attempt} of {maxAttempts}
        </p>
      )}
      {state === 'retrying' && <NextAttempt lane={delivery} now={now} />}
      {(lastError ?? reason) && (
        <p className="line-clamp-3 [overflow-wrap:anywhere]">
          <ForeignText text={lastError ?? reason ?? ''} />
        </p>
      )}
    </div>
  )
}

/** Whoever wants to see what is beneath it need not move. */
function useEscape(onClose: () => void): void {
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      // It is meant for this, and for nothing else that is open.
      event.preventDefault()
      event.stopPropagation()
      onClose()
    }
    window.addEventListener('keydown', close, { capture: true })
    return () => window.removeEventListener('keydown', close, { capture: true })
  }, [onClose])
}
