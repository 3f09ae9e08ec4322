import { type Clock, handle, type Subscription } from '../../../bus/index.ts'
import { ConfirmationRequested, RequestConfirmation } from '../messages.ts'
import { validUntil } from '../model/validity.ts'
import { anotherConfirmation } from './confirmation-link.ts'
import { WAITED_FOR } from './waited-for.ts'

/** Makes another link for somebody who did not get the first letter, or has lost it. */
export function requestConfirmationHandler({ clock }: { clock: Clock }): Subscription {
  return handle(RequestConfirmation, WAITED_FOR, async function requestConfirmation({ userId }, { tx, publish }) {
    const made = await anotherConfirmation(tx, userId, validUntil(clock.now(), 'confirmation'))
    if (made.outcome !== 'made') return made
    publish(ConfirmationRequested, made.link)
    return { outcome: 'requested' as const }
  })
}
