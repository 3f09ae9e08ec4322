import { newId, type Tx } from '../../../bus/index.ts'
import { findUserWithin, insertConfirmation } from '../store.ts'
import { hashToken, newToken } from '../token.ts'

/** Makes a link by which an address can be confirmed. Those before it go on working. Returns the token for it. */
export async function newConfirmation(
  tx: Tx,
  of: { userId: string; emailKey: string },
  expiresAt: Date,
): Promise<string> {
  const confirmationToken = newToken()
  await insertConfirmation(tx, { id: newId(), ...of, tokenHash: hashToken(confirmationToken), expiresAt })
  return confirmationToken
}

/** Another one for somebody who has an account, with all that a letter needs. */
export async function anotherConfirmation(tx: Tx, userId: string, expiresAt: Date) {
  const user = await findUserWithin(tx, userId)
  if (!user) return { outcome: 'unknown' as const }
  if (user.emailConfirmedAt) return { outcome: 'already-confirmed' as const }
  const { name, email, emailKey } = user
  const confirmationToken = await newConfirmation(tx, { userId, emailKey }, expiresAt)
  const link = { userId, name, email, confirmationToken, validUntil: expiresAt.toISOString() }
  return { outcome: 'made' as const, link }
}
