import type { Tx } from '../../../bus/index.ts'
import { emailKeyOf } from '../model/email-address.ts'
import { roleOf } from '../model/role.ts'
import { countOtherOperators } from '../store/roles.ts'
import type { findUserWithin } from '../store.ts'

type User = NonNullable<Awaited<ReturnType<typeof findUserWithin>>>

/** Whether nobody else is an operator. It stays so until the transaction ends where roles are locked. */
export async function isLastOperator(tx: Tx, user: User, operatorEmails: readonly string[]): Promise<boolean> {
  if (roleOf(user, operatorEmails) !== 'operator') return false
  return (await countOtherOperators(tx, user.id, operatorEmails.map(emailKeyOf))) === 0
}
