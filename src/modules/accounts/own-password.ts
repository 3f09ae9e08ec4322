import type { PrismaClient } from '../../../prisma/generated/client.ts'
import { isPassword } from './password.ts'
import { findUser } from './store.ts'

/** Whether somebody who gives a password is the person. */
export async function isOwnPassword(prisma: PrismaClient, userId: string, password: string): Promise<boolean> {
  const user = await findUser(prisma, userId)
  return user !== null && isPassword(password, user.passwordHash)
}
