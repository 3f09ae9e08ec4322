import { handle, newId, type Subscription } from '../../../bus/index.ts'
import { ConfirmationRenewed, RenewConfirmation } from '../messages.ts'
import { findUserWithin, insertConfirmation } from '../store.ts'
import { hashToken, newToken } from '../token.ts'

/** Makes another link for an address that is not confirmed yet. The links before it go on working. */
export const renewConfirmation: Subscription = handle(
  RenewConfirmation,
  {},
  async function renewConfirmationLink({ userId, validUntil }, { tx, publish }) {
    const user = await findUserWithin(tx, userId)
    if (!user) return { outcome: 'unknown' as const }
    if (user.emailConfirmedAt) return { outcome: 'already-confirmed' as const }
    const confirmationToken = newToken()
    const { name, email, emailKey } = user
    const expiresAt = new Date(validUntil)
    await insertConfirmation(tx, { id: newId(), userId, emailKey, tokenHash: hashToken(confirmationToken), expiresAt })
    publish(ConfirmationRenewed, { userId, name, email, confirmationToken, validUntil })
    return { outcome: 'renewed' as const }
  },
)
