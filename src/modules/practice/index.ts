/**
 * Practice: a bell that an operator rings to see what the bus does with a message, and whose handlers may be made to
 * fail or to be slow: nobody's sign-up suffers from it.
 */
import { handle, type Module, subscribe } from '../../bus/index.ts'
import { BellRung, RingBell } from './messages.ts'

/** Gives up within some seconds: who practises wants to see how that ends. */
const OPTIONS = { retry: { maxAttempts: 4, firstDelayMs: 500 }, outage: null }

export function createPracticeModule(): Module {
  return {
    name: 'practice',
    messages: [RingBell, BellRung],
    subscriptions: [
      handle(RingBell, {}, async ({ actorId }, { publish }) => ({ messageId: publish(BellRung, { actorId }) })),
      subscribe(BellRung, 'practice.open-door', OPTIONS, async () => {}),
      subscribe(BellRung, 'practice.wake-dog', OPTIONS, async () => {}),
      subscribe(BellRung, 'practice.light-lamp', OPTIONS, async () => {}),
    ],
  }
}
