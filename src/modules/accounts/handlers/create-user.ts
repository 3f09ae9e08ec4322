import { type BodyOf, type Clock, handle, type PersonKeyStore, type Subscription, type Tx } from '../../../bus/index.ts'
import { CreateUser, EmailConfirmed, UserAccountCreated } from '../messages.ts'
import { emailKeyOf } from '../model/email-address.ts'
import { validUntil } from '../model/validity.ts'
import { takeInvitation } from '../store/invitations.ts'
import { insertAccount, isFirstAccount, isKnown } from '../store.ts'
import { prepareConfirmation } from './confirmation-link.ts'
import { WAITED_FOR } from './waited-for.ts'

interface Parts {
  clock: Clock
  firstAccountIsOperator: boolean
  keys: Pick<PersonKeyStore, 'withdraw'>
}

/** Creates the account, or refuses because the address has one. Its event is written in the same transaction. */
export function createUserHandler({ clock, firstAccountIsOperator, keys }: Parts): Subscription {
  // Once there is an account none is the first any more: nobody asks again.
  let canBeFirst = firstAccountIsOperator
  const roleFor = async (tx: Tx, { isInvited, userId }: BodyOf<typeof CreateUser>, emailKey: string) => {
    if (isInvited) return takeInvitation(tx, userId, emailKey, clock.now())
    canBeFirst &&= await isFirstAccount(tx)
    return canBeFirst ? 'operator' : 'member'
  }
  /** Whoever was not let in is nobody: what they typed is in the message, and nobody needs to read it again. */
  const refuse = async <Outcome extends string>(tx: Tx, userId: string, outcome: Outcome) => {
    if (!(await isKnown(tx, userId))) await keys.withdraw(tx, userId)
    return { outcome }
  }
  return handle(CreateUser, WAITED_FOR, async function createUser(command, { tx, envelope, publish }) {
    const { userId, name, email, phone, passwordHash, language, timeZone, isInvited = false, session } = command
    const emailKey = emailKeyOf(email)
    const role = await roleFor(tx, command, emailKey)
    if (role === null) return refuse(tx, userId, 'invitation-expired')
    const now = clock.now()
    const { conversationId: signUpConversationId } = envelope
    const account = { role, signUpConversationId, emailConfirmedAt: isInvited ? now : null }
    const user = { id: userId, email, emailKey, name, phone, passwordHash, ...account }
    const { confirmationToken, confirmation } = prepareConfirmation(validUntil(now, 'confirmation'))
    const openedBy = 'sign-up' as const
    const begun = session ? { ...session, expiresAt: new Date(session.expiresAt), openedBy } : null
    if (!(await insertAccount(tx, { user, confirmation, session: begun }))) return refuse(tx, userId, 'email-taken')

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
