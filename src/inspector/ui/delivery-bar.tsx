import clsx from 'clsx'
import type { DeliveryState } from '../../bus/message.ts'
import type { Bar } from '../model/durations.ts'

const FILLS: Record<DeliveryState, string> = {
  pending: 'bg-state-pending',
  running: 'bg-state-running',
  retrying: 'bg-state-retrying',
  succeeded: 'bg-state-succeeded',
  dead: 'bg-state-dead',
  discarded: 'bg-state-discarded',
  skipped: 'bg-state-skipped',
}

/** A thin line while a delivery waited, a full bar while it was handled, on the axis of all its neighbours. */
export function DeliveryBar({
  bars: { waiting, handling },
  state,
}: {
  bars: { waiting: Bar; handling: Bar | null }
  state: DeliveryState
}) {
  return (
    <span aria-hidden="true" className="relative mt-2 block h-2 overflow-hidden rounded-sm bg-tint">
      <span className="absolute top-[3px] h-0.5 bg-state-pending" style={place(waiting)} />
      {handling && (
        <span className={clsx('absolute inset-y-0 min-w-0.5 rounded-sm', FILLS[state])} style={place(handling)} />
      )}
    </span>
  )
}

function place({ from, length }: Bar) {
  return { left: `${from * 100}%`, width: `${length * 100}%` }
}
