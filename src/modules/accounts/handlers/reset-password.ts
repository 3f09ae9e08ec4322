import { type Clock, handle, type Subscription } from '../../../bus/index.ts'
import { PasswordChanged, ResetPassword } from '../messages.ts'
import { countPasskeys, deletePasskeysOf } from '../store/passkeys.ts'
import { takePasswordReset } from '../store/password-resets.ts'
import { findUserWithin, setPassword } from '../store.ts'
import { endAndTell } from './end-sessions.ts'
import { endOtherWays } from './other-ways.ts'
import { WAITED_FOR } from './waited-for.ts'

/**
 * Takes a new password from whoever reads the mail of the account. Somebody else may have been in: every log-in ends,
 * and so does what waits to take the account to another address.
 */
export function resetPasswordHandler({ clock }: { clock: Clock }): Subscription {
  return handle(ResetPassword, WAITED_FOR, async function resetPassword(command, { tx, publish }) {
    const { userId, resetId, passwordHash, removePasskeys = false } = command
    const now = clock.now()
    if (!(await takePasswordReset(tx, userId, resetId, now))) return { outcome: 'expired' as const }
    const user = await findUserWithin(tx, userId)
    if (!user) return { outcome: 'expired' as const }
    await setPassword(tx, userId, passwordHash, { previousPasswordHash: null, now })
    await endOtherWays(tx, userId)
    const count = removePasskeys ? await deletePasskeysOf(tx, userId) : await countPasskeys(tx, userId)
    const passkeys = count > 0 && ({ passkeys: removePasskeys ? 'removed' : 'kept' } as const)
    publish(PasswordChanged, { userId, name: user.name, email: user.email, how: 'reset', ...passkeys })
    return { outcome: 'changed' as const, endedSessionIds: await endAndTell({ tx, publish }, userId) }
  })
}
