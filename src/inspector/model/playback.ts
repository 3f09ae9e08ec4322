import type { DeliveryState } from '../../bus/message.ts'

/** The moments of a fan-out that is played slowly: the command runs, it is done, the event goes out, each lane settles. */
const COMMAND_RUNS = 1
const COMMAND_DONE = 2
const LANES_RUN = 3

/** How many moments a fan-out with so many lanes has. */
export function momentsOf(lanes: number): number {
  return LANES_RUN + lanes
}

/** How the command stands at a moment. */
export function commandAt(moment: number, end: DeliveryState): DeliveryState {
  if (moment < COMMAND_RUNS) return 'pending'
  return moment < COMMAND_DONE ? 'running' : end
}

/** How a lane stands at a moment: they start together and settle one after the other, as they do. */
export function laneAt(moment: number, index: number, end: DeliveryState): DeliveryState {
  if (end === 'skipped') return moment < LANES_RUN ? 'pending' : end
  if (moment < LANES_RUN) return 'pending'
  return moment < LANES_RUN + index + 1 ? 'running' : end
}
