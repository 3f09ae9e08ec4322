import { type BodyOf, type Clock, handle, newId, type Subscription, type Tx } from '../../../bus/index.ts'
import { CreateUser, EmailConfirmed, UserAccountCreated } from '../messages.ts'
import { emailKeyOf } from '../model/email-address.ts'
import { validUntil } from '../model/validity.ts'
import { takeInvitation } from '../store/invitations.ts'
import { insertConfirmation, insertSessionWithin, insertUser, isFirstAccount } from '../store.ts'
import { hashToken, newToken } from '../token.ts'
import { WAITED_FOR } from './waited-for.ts'

interface Parts {
  clock: Clock
  firstAccountIsOperator: boolean
}

/** Creates the account, or refuses because the address has one. Its event is written in the same transaction. */
export function createUserHandler({ clock, firstAccountIsOperator }: Parts): Subscription {
  // Once there is an account none is the first any more: nobody asks again.
  let canBeFirst = firstAccountIsOperator
  const roleFor = async (tx: Tx, { isInvited, userId }: BodyOf<typeof CreateUser>, emailKey: string) => {
    if (isInvited) return takeInvitation(tx, userId, emailKey, clock.now())
    canBeFirst &&= await isFirstAccount(tx)
    return canBeFirst ? 'operator' : 'member'
  }
  return handle(CreateUser, WAITED_FOR, async function createUser(command, { tx, envelope, publish }) {
    const { userId, name, email, phone, passwordHash, language, timeZone, isInvited = false, session } = command
    const emailKey = emailKeyOf(email)
    const role = await roleFor(tx, command, emailKey)
    if (role === null) return { outcome: 'invitation-expired' as const }
    const now = clock.now()
    const { conversationId: signUpConversationId } = envelope
    const account = { role, signUpConversationId, emailConfirmedAt: isInvited ? now : null }
    const user = { id: userId, email, emailKey, name, phone, passwordHash, ...account }
    if (!(await insertUser(tx, user))) return { outcome: 'email-taken' as const }

    const confirmationToken = newToken()
    const expiresAt = validUntil(now, 'confirmation')
    const confirmation = { id: newId(), userId, emailKey, tokenHash: hashToken(confirmationToken), expiresAt }
    await Promise.all([
      insertConfirmation(tx, confirmation),
      session && insertSessionWithin(tx, userId, { ...session, expiresAt: new Date(session.expiresAt) }),
    ])
    const known = {
      ...(language && { language }),
      ...(timeZone && { timeZone }),
      ...(isInvited && { emailConfirmed: true }),
    }
    publish(UserAccountCreated, { userId, name, email, phone, confirmationToken, ...known })
    if (isInvited) publish(EmailConfirmed, { userId })
    return { outcome: 'created' as const, userId }
  })
}
