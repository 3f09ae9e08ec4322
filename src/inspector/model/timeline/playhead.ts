import { partsOf } from './parts.ts'
import type { Timeline } from './timeline.ts'

/** Every time at which something changed, each once, in order. */
export function changeTimes({ messages }: Timeline, now: number): Float64Array {
  const times = new Set<number>()
  for (const message of messages) {
    times.add(message.at)
    for (const delivery of message.deliveries) {
      for (const part of partsOf(message, delivery, now)) times.add(part.from)
      if (delivery.settledAt !== null && delivery.settledAt >= message.at) times.add(delivery.settledAt)
    }
  }
  return Float64Array.from(times).sort()
}

/** The next change after a time, or the one before it; null at the end. */
export function stepFrom(times: Float64Array, time: number, direction: 1 | -1): number | null {
  // Of what has no end nothing can be taken: from there the one before is the last.
  const justBefore = Number.isFinite(time) ? time - Number.EPSILON * Math.abs(time) - 1e-6 : time
  const after = firstAfter(times, direction === 1 ? time : justBefore)
  return (direction === 1 ? times[after] : times[after - 1]) ?? null
}

/** Index of the first time that is later. */
function firstAfter(times: Float64Array, time: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (times[middle]! <= time) low = middle + 1
    else high = middle
  }
  return low
}
