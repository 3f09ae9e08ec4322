import { type Clock, handle, type Subscription } from '../../../bus/index.ts'
import { ConfirmEmail, EmailConfirmed } from '../messages.ts'
import { confirmEmail } from '../store.ts'

/** Notes that an address was confirmed, once: the same link again says so and changes nothing. */
export function confirmEmailHandler({ clock }: { clock: Clock }): Subscription {
  return handle(ConfirmEmail, {}, async function confirmEmailAddress({ userId, confirmationId }, { tx, publish }) {
    const outcome = await confirmEmail(tx, userId, confirmationId, clock.now())
    if (outcome === 'confirmed') publish(EmailConfirmed, { userId })
    return { outcome }
  })
}
