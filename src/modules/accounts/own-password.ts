import type { PrismaClient } from '../../../prisma/generated/client.ts'
import { isPassword } from './password.ts'
import { findUser } from './store.ts'

/** Whether whoever is logged in is the person, and means what they ask for. */
export async function isOwnPassword(prisma: PrismaClient, userId: string, password: string): Promise<boolean> {
  const user = await findUser(prisma, userId)
  return user !== null && isPassword(password, user.passwordHash)
}
