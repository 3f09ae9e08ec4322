import type { RequestContext } from '../../web/trpc/init.ts'
import { isPassword } from './password.ts'

/**
 * Whether somebody who is logged in knows the password of the account, too: an open browser that was found is not enough.
 *
 * @throws TRPCError TOO_MANY_REQUESTS before the password is looked at
 */
export async function knowsPassword(
  { limits }: RequestContext,
  user: { id: string; passwordHash: string },
  password: string,
): Promise<boolean> {
  const tries = { 'password-again.account': user.id }
  await limits.count(tries)
  if (!(await isPassword(password, user.passwordHash))) return false
  await limits.giveBack(tries)
  return true
}
