import { newId, type Tx } from '../../../bus/index.ts'
import { findUserWithin, insertConfirmation, type NewConfirmation } from '../store.ts'
import { hashToken, newToken } from '../token.ts'

/** A link by which an address can be confirmed, which somebody stores. The token is for the letter. */
export function prepareConfirmation(expiresAt: Date): { confirmationToken: string; confirmation: NewConfirmation } {
  const confirmationToken = newToken()
  return { confirmationToken, confirmation: { id: newId(), tokenHash: hashToken(confirmationToken), expiresAt } }
}

/** Another one for somebody who has an account, with all that a letter needs. */
export async function anotherConfirmation(tx: Tx, userId: string, expiresAt: Date) {
  const user = await findUserWithin(tx, userId)
  if (!user) return { outcome: 'unknown' as const }
  if (user.emailConfirmedAt) return { outcome: 'already-confirmed' as const }
  const { name, email, emailKey } = user
  const { confirmationToken, confirmation } = prepareConfirmation(expiresAt)
  // Those before it go on working.
  await insertConfirmation(tx, { userId, emailKey }, confirmation)
  const link = { userId, name, email, confirmationToken, validUntil: expiresAt.toISOString() }
  return { outcome: 'made' as const, link }
}
