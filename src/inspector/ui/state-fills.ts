import type { DeliveryState } from '../../bus/message.ts'

/** How a bar is filled that stands for a time in a state. */
export const STATE_FILLS: Record<DeliveryState, string> = {
  pending: 'bg-state-pending',
  running: 'bg-state-running striped',
  retrying: 'bg-state-retrying',
  succeeded: 'bg-state-succeeded',
  dead: 'bg-state-dead',
  discarded: 'bg-state-discarded',
  skipped: 'bg-state-skipped',
}
