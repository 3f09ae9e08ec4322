import { handle, type Subscription } from '../../../bus/index.ts'
import { ChangeRole, RoleChanged } from '../messages.ts'
import { roleOf } from '../model/role.ts'
import { lockRoles, setRole } from '../store/roles.ts'
import { findUserWithin } from '../store.ts'
import { endAndTell } from './end-sessions.ts'
import { isLastOperator } from './last-operator.ts'
import { WAITED_FOR } from './waited-for.ts'

/** Gives a person another role, and ends the log-ins that were made in the one before. */
export function changeRoleHandler({ operatorEmails }: { operatorEmails: readonly string[] }): Subscription {
  return handle(ChangeRole, WAITED_FOR, async function changeRole({ userId, role, changedBy }, { tx, publish }) {
    await lockRoles(tx)
    const user = await findUserWithin(tx, userId)
    if (!user) return { outcome: 'unknown' as const }
    const previousRole = roleOf(user, operatorEmails)
    if (previousRole === role) return { outcome: 'unchanged' as const }
    if (roleOf({ ...user, role: 'member' }, operatorEmails) === 'operator')
      return { outcome: 'named-operator' as const }
    if (await isLastOperator(tx, user, operatorEmails)) return { outcome: 'last-operator' as const }
    await setRole(tx, userId, role)
    publish(RoleChanged, { userId, role, previousRole, changedBy })
    return { outcome: 'changed' as const, endedSessionIds: await endAndTell({ tx, publish }, userId) }
  })
}
