import clsx from 'clsx'
import { formatMs } from '../../model/durations.ts'
import type { Aftermath } from '../../model/timeline/aftermath.ts'
import type { Axis } from '../../model/timeline/axis.ts'
import type { DeliveryNode } from '../../model/timeline/cause-tree.ts'
import type { PathStep } from '../../model/timeline/critical-path.ts'
import { clockSkewMs, type Part, partsOf } from '../../model/timeline/parts.ts'
import { STATE_FILLS } from '../state-fills.ts'

interface Props {
  node: DeliveryNode
  axis: Axis
  now: number
  /** Its part of the critical path. */
  step: PathStep | undefined
  /** How what it set off went on, where that was longer than itself. */
  aftermath: Aftermath | undefined
}

/** A thin line while it waited, half a bar while it was queued, a full one for each attempt; and a thin one on to the end of what it set off. */
export function WaterfallBar({ node, axis, now, step, aftermath }: Props) {
  const { message, delivery } = node
  const waitedFor = step && placeOf(step, axis)
  const skew = clockSkewMs(message, delivery)
  const after = aftermath && placeOf(aftermath, axis)
  return (
    <>
      {partsOf(message, delivery, now).map((part) => {
        const place = placeOf(part, axis)
        return place && <span key={`${part.kind}${part.from}`} className={lookOf(part)} style={place} />
      })}
      {aftermath && after && (
        <span
          className="waterfall-after"
          style={after}
          title={`What it set off went on for ${formatMs(aftermath.to - aftermath.from)}`}
        />
      )}
      {waitedFor && <span className="waterfall-path" style={waitedFor} />}
      {skew > 0 && (
        <span
          className="absolute top-0 pl-1 font-mono text-[0.6875rem] leading-7 whitespace-nowrap text-danger"
          style={{ left: `${clamp(axis.share(delivery.settledAt ?? now)) * 100}%` }}
        >
          ⚠ clock skew −{Math.round(skew)} ms
        </span>
      )}
    </>
  )
}

function placeOf({ from, to }: Pick<Part, 'from' | 'to'>, axis: Axis) {
  const [begin, end] = [axis.share(from), axis.share(to)]
  if (end < 0 || begin > 1) return null
  return { left: `min(${clamp(begin) * 100}%, 100% - 2px)`, width: `${(clamp(end) - clamp(begin)) * 100}%` }
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share))
}

function lookOf({ kind, state }: Part): string {
  switch (kind) {
    case 'handling':
      // A hairline at its left ticks the attempt, also where two of them touch.
      return clsx('absolute inset-y-[7px] min-w-[2px] rounded-[1px] border-l border-raised', STATE_FILLS[state])
    case 'queued':
      return 'absolute top-[11px] h-1.5 bg-state-pending/60'
    case 'back-off':
      return 'absolute top-[13.5px] h-px bg-state-retrying'
    case 'scheduled':
      return 'absolute top-[13.5px] h-px bg-state-pending'
  }
}
