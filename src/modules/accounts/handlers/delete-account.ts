import { type Clock, handle, type Subscription } from '../../../bus/index.ts'
import { AccountDeleted, DeleteAccount } from '../messages.ts'
import { lockRoles } from '../store/roles.ts'
import { closeAccount, endSessions, findUserWithin } from '../store.ts'
import { isLastOperator } from './last-operator.ts'
import { WAITED_FOR } from './waited-for.ts'

interface Parts {
  clock: Clock
  operatorEmails: readonly string[]
}

/** Ends an account at once: its sessions, its ways in and its hold on the address. What is known of the person stays for the erasure. */
export function deleteAccountHandler({ clock, operatorEmails }: Parts): Subscription {
  return handle(DeleteAccount, WAITED_FOR, async function deleteAccount({ userId }, { tx, publish }) {
    await lockRoles(tx)
    const user = await findUserWithin(tx, userId)
    if (!user) return { outcome: 'unknown' as const }
    if (await isLastOperator(tx, user, operatorEmails)) return { outcome: 'last-operator' as const }
    const endedSessionIds = await endSessions(tx, userId)
    await closeAccount(tx, userId, clock.now())
    publish(AccountDeleted, { userId, name: user.name, email: user.email })
    return { outcome: 'deleted' as const, endedSessionIds }
  })
}
