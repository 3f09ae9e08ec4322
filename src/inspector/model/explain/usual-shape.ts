import { formatMs } from '../durations.ts'
import type { LaneView } from '../view.ts'
import { isUnusual, tookMs } from './explain-delivery.ts'

/** What messages of one type usually lead to, as counted over the last days. */
export interface UsualShape {
  /** Messages that were counted. */
  messages: number
  /** Subscriptions that nearly every one of them went to. */
  subscriptions: readonly string[]
}

/** Fewer tell nothing. */
export const FEWEST = 20
/** Of the messages that went to a subscription that is called usual. */
export const NEARLY_ALL = 0.9

/** In what a message differs from what is usual for its type; empty where it does not, or where too little is known. */
export function findUnusual(usual: UsualShape | null, lanes: readonly LaneView[]): string[] {
  const slow = lanes.flatMap((lane) => {
    const ms = tookMs(lane)
    return ms !== null && lane.state === 'succeeded' && isUnusual(lane, ms)
      ? [`${lane.subscription} usually takes ${formatMs(lane.usual!.p50)}, now ${formatMs(ms)}.`]
      : []
  })
  if (!usual || usual.messages < FEWEST) return slow
  const present = new Set(lanes.map((each) => each.subscription))
  const missing = usual.subscriptions.filter((each) => !present.has(each))
  const added = lanes.map((each) => each.subscription).filter((each) => !usual.subscriptions.includes(each))
  const count = usual.subscriptions.length
  const differs = missing.length > 0 || (added.length > 0 && count > 0)
  const words = [
    ...(missing.length > 0 ? [`${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`] : []),
    ...(added.length > 0 ? [`${added.join(', ')} ${added.length === 1 ? 'is' : 'are'} new`] : []),
  ]
  const shape = differs
    ? [
        `Usually ${count === 1 ? 'one delivery' : `${count} deliveries`}, this has ${lanes.length}: ${words.join('; ')}.`,
      ]
    : []
  return [...shape, ...slow]
}
