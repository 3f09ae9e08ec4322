import { type Clock, handle, type Subscription } from '../../../bus/index.ts'
import { ConfirmEmailChange, EmailChanged, EmailConfirmed } from '../messages.ts'
import { findEmailChangeWithin, noteEmailChangeConfirmed } from '../store/email-changes.ts'
import { deletePasswordResetsOf } from '../store/password-resets.ts'
import { findUserWithin, isEmailTaken, setEmail } from '../store.ts'
import { WAITED_FOR } from './waited-for.ts'

/**
 * Makes the confirmed address the one of the account. Links to a new password that were sent to the previous one stop
 * working. Two people who confirm one address at once meet at its index: the second is tried again, and finds it taken.
 */
export function confirmEmailChangeHandler({ clock }: { clock: Clock }): Subscription {
  return handle(ConfirmEmailChange, WAITED_FOR, async function confirmEmailChange(command, { tx, publish }) {
    const { userId, changeId } = command
    const now = clock.now()
    const change = await findEmailChangeWithin(tx, userId, changeId)
    const user = await findUserWithin(tx, userId)
    if (!change || !user) return { outcome: 'expired' as const }
    if (change.confirmedAt) return { outcome: 'already-confirmed' as const }
    if (change.expiresAt <= now) return { outcome: 'expired' as const }
    if (await isEmailTaken(tx, change.emailKey)) return { outcome: 'taken' as const }
    await setEmail(tx, userId, change, now)
    await noteEmailChangeConfirmed(tx, changeId, now)
    await deletePasswordResetsOf(tx, userId)
    // Whoever had confirmed no address has now.
    if (!user.emailConfirmedAt) publish(EmailConfirmed, { userId })
    publish(EmailChanged, { userId, name: user.name, email: change.email, previousEmail: user.email })
    return { outcome: 'changed' as const }
  })
}
