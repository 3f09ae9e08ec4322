import { type Clock, handle, type Subscription } from '../../../bus/index.ts'
import { PasswordChanged, ResetPassword } from '../messages.ts'
import { roleOf } from '../model/role.ts'
import { isPasskeyDemandedOf } from '../store/passkey-demand.ts'
import { countPasskeys, deletePasskeysOf } from '../store/passkeys.ts'
import { takePasswordReset } from '../store/password-resets.ts'
import { findUserWithin, setPassword } from '../store.ts'
import { endAndTell } from './end-sessions.ts'
import { endOtherWays } from './other-ways.ts'
import { WAITED_FOR } from './waited-for.ts'

interface Parts {
  clock: Clock
  operatorEmails: readonly string[]
}

/**
 * Takes a new password from whoever reads the mail of the account. Somebody else may have been in: every log-in ends,
 * and so does what waits to take the account to another address.
 */
export function resetPasswordHandler({ clock, operatorEmails }: Parts): Subscription {
  return handle(ResetPassword, WAITED_FOR, async function resetPassword(command, { tx, publish }) {
    const { userId, resetId, passwordHash } = command
    const now = clock.now()
    if (!(await takePasswordReset(tx, userId, resetId, now))) return { outcome: 'expired' as const }
    const user = await findUserWithin(tx, userId)
    if (!user) return { outcome: 'expired' as const }
    await setPassword(tx, userId, passwordHash, { previousPasswordHash: null, now })
    await endOtherWays(tx, userId)
    // Of whom a passkey is demanded keeps it: whoever reads their mail alone must not make another one in its place.
    const role = roleOf(user, operatorEmails)
    const removePasskeys = command.removePasskeys === true && !(await isPasskeyDemandedOf(role, await tx.prisma()))
    const count = removePasskeys ? await deletePasskeysOf(tx, userId) : await countPasskeys(tx, userId)
    const passkeys = count > 0 && ({ passkeys: removePasskeys ? 'removed' : 'kept' } as const)
    publish(PasswordChanged, { userId, name: user.name, email: user.email, how: 'reset', ...passkeys })
    return { outcome: 'changed' as const, endedSessionIds: await endAndTell({ tx, publish }, userId) }
  })
}
