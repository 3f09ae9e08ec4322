import { type Clock, handle, newId, type Subscription } from '../../../bus/index.ts'
import { EmailChangeRequested, RequestEmailChange } from '../messages.ts'
import { emailKeyOf } from '../model/email-address.ts'
import { validUntil } from '../model/validity.ts'
import { replaceEmailChange } from '../store/email-changes.ts'
import { findUserWithin } from '../store.ts'
import { hashToken, newToken } from '../token.ts'
import { WAITED_FOR } from './waited-for.ts'

/**
 * Remembers the address that somebody wants, and makes the link that will confirm it. An address that somebody else has
 * is treated like any other: only who reads its mail gets to know.
 */
export function requestEmailChangeHandler({ clock }: { clock: Clock }): Subscription {
  return handle(RequestEmailChange, WAITED_FOR, async function requestEmailChange({ userId, email }, { tx, publish }) {
    const user = await findUserWithin(tx, userId)
    if (!user) return { outcome: 'unknown' as const }
    const emailKey = emailKeyOf(email)
    if (emailKey === emailKeyOf(user.email)) return { outcome: 'unchanged' as const }
    const confirmationToken = newToken()
    const expiresAt = validUntil(clock.now(), 'emailChange')
    const change = { id: newId(), email, emailKey, tokenHash: hashToken(confirmationToken), expiresAt }
    await replaceEmailChange(tx, userId, change)
    const { name, email: previousEmail } = user
    const until = expiresAt.toISOString()
    publish(EmailChangeRequested, { userId, name, email, previousEmail, confirmationToken, validUntil: until })
    return { outcome: 'requested' as const }
  })
}
