import { type Clock, handle, newId, type Subscription } from '../../../bus/index.ts'
import { CreateUser, UserAccountCreated } from '../messages.ts'
import { emailKeyOf } from '../model/email-address.ts'
import { insertConfirmation, insertUser, isFirstAccount } from '../store.ts'
import { hashToken, newToken } from '../token.ts'

const CONFIRMATION_DAYS = 7
const RETRY = { firstDelayMs: 100, factor: 2, maxAttempts: 6 }

interface Parts {
  clock: Clock
  firstAccountIsOperator: boolean
}

/** Creates the account, or refuses because the address has one. Its event is written in the same transaction. */
export function createUserHandler({ clock, firstAccountIsOperator }: Parts): Subscription {
  // Once there is an account none is the first any more: nobody asks again.
  let canBeFirst = firstAccountIsOperator
  return handle(CreateUser, { retry: RETRY }, async function createUser(command, { tx, envelope, publish }) {
    const { userId, name, email, phone, passwordHash, language, timeZone } = command
    const emailKey = emailKeyOf(email)
    canBeFirst &&= await isFirstAccount(tx)
    const role = canBeFirst ? 'operator' : 'member'
    const { conversationId: signUpConversationId } = envelope
    const user = { id: userId, email, emailKey, name, phone, passwordHash, role, signUpConversationId }
    if (!(await insertUser(tx, user))) return { outcome: 'email-taken' as const }

    const confirmationToken = newToken()
    const expiresAt = new Date(clock.now().getTime() + CONFIRMATION_DAYS * 24 * 60 * 60 * 1000)
    await insertConfirmation(tx, { id: newId(), userId, emailKey, tokenHash: hashToken(confirmationToken), expiresAt })
    const habits = { ...(language && { language }), ...(timeZone && { timeZone }) }
    publish(UserAccountCreated, { userId, name, email, phone, confirmationToken, ...habits })
    return { outcome: 'created' as const, userId }
  })
}
