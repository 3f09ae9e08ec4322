import type { Tx } from '../../../bus/index.ts'
import { deletePendingEmailChange } from '../store/email-changes.ts'
import { deletePasswordResetsOf } from '../store/password-resets.ts'

/**
 * After a new password: whoever had the old one may have asked for a link to another, or to take the account to an
 * address of theirs. Neither works any more.
 */
export async function endOtherWays(tx: Tx, userId: string): Promise<void> {
  await deletePasswordResetsOf(tx, userId)
  await deletePendingEmailChange(tx, userId)
}
