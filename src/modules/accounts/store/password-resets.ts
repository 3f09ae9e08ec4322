import type { PrismaClient } from '../../../../prisma/generated/client.ts'
import type { Tx } from '../../../bus/index.ts'

export interface NewPasswordReset {
  id: string
  userId: string
  tokenHash: string
  expiresAt: Date
}

export async function insertPasswordReset(tx: Tx, reset: NewPasswordReset): Promise<void> {
  await (await tx.prisma()).passwordReset.create({ data: reset })
}

/** Only one that still works. */
export function findPasswordReset(prisma: PrismaClient, tokenHash: string, now: Date) {
  return prisma.passwordReset.findFirst({ where: { tokenHash, expiresAt: { gt: now } } })
}

/** Uses one up. Returns false when it was used before, or is too old. */
export async function takePasswordReset(tx: Tx, userId: string, resetId: string, now: Date): Promise<boolean> {
  const { count } = await (await tx.prisma()).passwordReset.deleteMany({
    where: { id: resetId, userId, expiresAt: { gt: now } },
  })
  return count === 1
}

export async function deletePasswordResetsOf(tx: Tx, userId: string): Promise<void> {
  await (await tx.prisma()).passwordReset.deleteMany({ where: { userId } })
}
