import { type Clock, handle, type Subscription } from '../../../bus/index.ts'
import { ChangePassword, PasswordChanged } from '../messages.ts'
import { findUserWithin, setPassword } from '../store.ts'
import { endAndTell } from './end-sessions.ts'
import { endOtherWays } from './other-ways.ts'
import { WAITED_FOR } from './waited-for.ts'

/** Takes a new password from somebody who is logged in and knew the old one. */
export function changePasswordHandler({ clock }: { clock: Clock }): Subscription {
  return handle(ChangePassword, WAITED_FOR, async function changePassword(command, { tx, publish }) {
    const { userId, passwordHash, previousPasswordHash, keptSessionId } = command
    const isSet = await setPassword(tx, userId, passwordHash, { previousPasswordHash, now: clock.now() })
    const user = isSet ? await findUserWithin(tx, userId) : null
    if (!user) return { outcome: 'changed-meanwhile' as const }
    await endOtherWays(tx, userId)
    publish(PasswordChanged, { userId, name: user.name, email: user.email, how: 'changed' })
    const endedSessionIds = await endAndTell({ tx, publish }, userId, { kept: keptSessionId })
    return { outcome: 'changed' as const, endedSessionIds }
  })
}
