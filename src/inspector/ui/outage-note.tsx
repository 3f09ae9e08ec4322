import { Moment } from '../../web/components/moment.tsx'
import type { LaneView } from '../model/view.ts'

/** Why a delivery waits although it is due: its handler fails without end, and is only probed. */
export function OutageNote({ outage }: Pick<LaneView, 'outage'>) {
  if (!outage) return null
  return (
    <p className="mt-1.5 text-sm">
      In outage mode since <Moment iso={outage.since} />, probing: one delivery at a time is tried, and the others wait
      without using up their attempts.
    </p>
  )
}
