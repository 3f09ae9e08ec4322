import type { PrismaClient } from '../../../prisma/generated/client.ts'
import type { Limits } from '../../web/limits.ts'
import { isPassword } from './password.ts'
import { findUser } from './store.ts'

interface Parts {
  prisma: PrismaClient
  limits: Limits
}

/**
 * The account of somebody who knows its password, or null. Asked for where an open browser that was found must not be
 * enough.
 *
 * @throws TRPCError TOO_MANY_REQUESTS before the password is looked at
 */
export async function accountByPassword({ prisma, limits }: Parts, userId: string, password: string) {
  const look = async () => {
    const user = await findUser(prisma, userId)
    return user && (await isPassword(password, user.passwordHash)) ? user : null
  }
  return limits.attempt({ 'password-again.account': userId }, look, (found) => found !== null)
}
