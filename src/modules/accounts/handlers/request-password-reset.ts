import { type Clock, handle, newId, type Subscription } from '../../../bus/index.ts'
import { PasswordResetRequested, RequestPasswordReset } from '../messages.ts'
import { validUntil } from '../model/validity.ts'
import { insertPasswordReset } from '../store/password-resets.ts'
import { findUserWithin } from '../store.ts'
import { hashToken, newToken } from '../token.ts'
import { WAITED_FOR } from './waited-for.ts'

/** Makes a link by which a new password can be chosen. Links that were asked for before go on working, for their hour. */
export function requestPasswordResetHandler({ clock }: { clock: Clock }): Subscription {
  return handle(RequestPasswordReset, WAITED_FOR, async function requestPasswordReset({ userId }, { tx, publish }) {
    const user = await findUserWithin(tx, userId)
    if (!user) return { outcome: 'unknown' as const }
    const resetToken = newToken()
    const expiresAt = validUntil(clock.now(), 'passwordReset')
    await insertPasswordReset(tx, { id: newId(), userId, tokenHash: hashToken(resetToken), expiresAt })
    const { name, email } = user
    publish(PasswordResetRequested, { userId, name, email, resetToken, validUntil: expiresAt.toISOString() })
    return { outcome: 'requested' as const }
  })
}
