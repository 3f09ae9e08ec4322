import type { PrismaClient } from '../../../prisma/generated/client.ts'
import type { Sealer } from '../../bus/index.ts'
import type { Tries } from '../../web/limits.ts'
import type { RequestContext, WayIn } from '../../web/trpc/init.ts'
import { knownDevice, remembersPeople } from './known-devices.ts'
import { emailKeyOf } from './model/email-address.ts'
import { hashPassword, isPassword, needsRehash, pretendToCheck } from './password.ts'
import { findUserByEmail } from './store.ts'

interface Parts {
  prisma: PrismaClient
  sealer: Sealer
}

interface Credentials {
  email: string
  password: string
}

/** Who could show that they are the person, and how. */
export interface Checked {
  userId: string
  /** Of the password that was right; null where none was asked for. */
  passwordHash: string | null
  /** Of the same password, by today's parameters, where the one before was made by others. */
  renewedPasswordHash?: string
  how: WayIn
}

/**
 * The account whose address and password these are, with the hash that says so; or null.
 *
 * @throws TRPCError TOO_MANY_REQUESTS before the password is looked at, the same for an address without an account
 */
export async function userByPassword(
  { prisma, sealer }: Parts,
  ctx: RequestContext,
  { email, password }: Credentials,
): Promise<Checked | null> {
  const emailKey = emailKeyOf(email)
  // Whoever comes without the cookie is refused without a look for the account.
  const returning = remembersPeople(ctx.cookies) ? await findUserByEmail(prisma, emailKey) : null
  const device = returning && knownDevice(ctx.cookies, sealer, returning.id)
  const tries = device ? { 'log-in.known-device': device } : triesElsewhere(emailKey, ctx.address)
  const look = async () => {
    const user = returning ?? (await findUserByEmail(prisma, emailKey))
    const isRight = user ? await isPassword(password, user.passwordHash) : await pretendToCheck(password)
    return isRight ? user : null
  }
  const user = await ctx.limits.attempt(tries, look, (found) => found !== null)
  if (!user) return null
  const { id: userId, passwordHash } = user
  const checked = { userId, passwordHash, how: 'password' as const }
  return needsRehash(passwordHash) ? { ...checked, renewedPasswordHash: await hashPassword(password) } : checked
}

function triesElsewhere(emailKey: string, address: string | null): Tries {
  return {
    'log-in.address': address,
    'log-in.account-from-address': address && `${emailKey} ${address}`,
    'log-in.account': emailKey,
  }
}
