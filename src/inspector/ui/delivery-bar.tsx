import clsx from 'clsx'
import type { Bar, Segment } from '../model/durations.ts'
import { STATE_FILLS } from './state-fills.ts'

/** A thin line while a delivery waited, a full bar for each handling, on the axis of all its neighbours. */
export function DeliveryBar({ waiting, segments }: { waiting: Bar; segments: readonly Segment[] }) {
  return (
    <span aria-hidden="true" className="relative block h-2.5">
      <span className="absolute inset-x-0 top-1/2 border-t border-dotted border-line" />
      <span className="absolute top-1/2 h-px bg-state-pending" style={place(waiting)} />
      {segments.map((each, index) => (
        <span
          key={index}
          className={clsx('absolute inset-y-0 min-w-[3px] rounded-[1px]', STATE_FILLS[each.state])}
          // A short one at the end of the axis stays in view.
          style={{ left: `min(${each.from * 100}%, 100% - 3px)`, width: `${each.length * 100}%` }}
        />
      ))}
    </span>
  )
}

function place({ from, length }: Bar) {
  return { left: `${from * 100}%`, width: `${length * 100}%` }
}
