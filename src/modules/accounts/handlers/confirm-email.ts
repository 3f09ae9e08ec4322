import { type Clock, handle, type Subscription } from '../../../bus/index.ts'
import { ConfirmEmail, EmailConfirmed } from '../messages.ts'
import { confirmEmail } from '../store.ts'
import { WAITED_FOR } from './waited-for.ts'

/** Notes that an address was confirmed, once: the same link again says so and changes nothing. */
export function confirmEmailHandler({ clock }: { clock: Clock }): Subscription {
  return handle(
    ConfirmEmail,
    WAITED_FOR,
    async function confirmEmailAddress({ userId, confirmationId }, { tx, publish }) {
      const outcome = await confirmEmail(tx, userId, confirmationId, clock.now())
      if (outcome === 'confirmed') publish(EmailConfirmed, { userId })
      return { outcome }
    },
  )
}
