import { type Clock, handle, newId, type Subscription } from '../../../bus/index.ts'
import { ConfirmationRequested, RequestConfirmation } from '../messages.ts'
import { validUntil } from '../model/validity.ts'
import { findUserWithin, insertConfirmation } from '../store.ts'
import { hashToken, newToken } from '../token.ts'
import { WAITED_FOR } from './waited-for.ts'

/** Makes another link for somebody who did not get the first letter, or has lost it. */
export function requestConfirmationHandler({ clock }: { clock: Clock }): Subscription {
  return handle(RequestConfirmation, WAITED_FOR, async function requestConfirmation({ userId }, { tx, publish }) {
    const user = await findUserWithin(tx, userId)
    if (!user) return { outcome: 'unknown' as const }
    if (user.emailConfirmedAt) return { outcome: 'already-confirmed' as const }
    const { name, email, emailKey } = user
    const confirmationToken = newToken()
    const expiresAt = validUntil(clock.now(), 'confirmation')
    await insertConfirmation(tx, { id: newId(), userId, emailKey, tokenHash: hashToken(confirmationToken), expiresAt })
    publish(ConfirmationRequested, { userId, name, email, confirmationToken, validUntil: expiresAt.toISOString() })
    return { outcome: 'requested' as const }
  })
}
