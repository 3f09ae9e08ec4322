import { type Clock, handle, type Subscription } from '../../../bus/index.ts'
import { AccountDeleted, DeleteAccount } from '../messages.ts'
import { closeAccount, findUserWithin } from '../store.ts'

/** Ends an account at once: its sessions, its ways in and its hold on the address. What is known of the person stays for the erasure. */
export function deleteAccountHandler({ clock }: { clock: Clock }): Subscription {
  return handle(DeleteAccount, {}, async function deleteAccount({ userId }, { tx, publish }) {
    const user = await findUserWithin(tx, userId)
    if (!user) return { outcome: 'unknown' as const }
    await closeAccount(tx, userId, clock.now())
    publish(AccountDeleted, { userId, name: user.name, email: user.email })
    return { outcome: 'deleted' as const }
  })
}
