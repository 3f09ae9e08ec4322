import type { Tx } from '../../../bus/index.ts'
import { emailKeyOf } from '../model/email-address.ts'
import { roleOf } from '../model/role.ts'
import { countOtherOperators, lockRoles } from '../store/roles.ts'
import { findUserWithin } from '../store.ts'

/** Whether nobody else is an operator. It stays so until the transaction ends. */
export async function isLastOperator(tx: Tx, userId: string, operatorEmails: readonly string[]): Promise<boolean> {
  await lockRoles(tx)
  const user = await findUserWithin(tx, userId)
  if (!user || roleOf(user, operatorEmails) !== 'operator') return false
  return (await countOtherOperators(tx, userId, operatorEmails.map(emailKeyOf))) === 0
}
