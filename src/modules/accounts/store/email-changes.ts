import type { PrismaClient } from '../../../../prisma/generated/client.ts'
import type { Tx } from '../../../bus/index.ts'

export interface NewEmailChange {
  id: string
  email: string
  emailKey: string
  tokenHash: string
  expiresAt: Date
}

/** Forgets the one that was asked for before. */
export async function replaceEmailChange(tx: Tx, userId: string, change: NewEmailChange): Promise<void> {
  const fresh = { ...change, confirmedAt: null }
  await (await tx.prisma()).emailChange.upsert({ where: { userId }, create: { userId, ...change }, update: fresh })
}

export function findEmailChange(prisma: PrismaClient, tokenHash: string) {
  return prisma.emailChange.findUnique({ where: { tokenHash } })
}

export async function findEmailChangeWithin(tx: Tx, userId: string, changeId: string) {
  return (await tx.prisma()).emailChange.findFirst({ where: { id: changeId, userId } })
}

/** The one that waits for its confirmation, if it can still come. */
export function findPendingEmailChange(prisma: PrismaClient, userId: string, now: Date) {
  return prisma.emailChange.findFirst({ where: { userId, confirmedAt: null, expiresAt: { gt: now } } })
}

export async function noteEmailChangeConfirmed(tx: Tx, changeId: string, now: Date): Promise<void> {
  await (await tx.prisma()).emailChange.update({ where: { id: changeId }, data: { confirmedAt: now } })
}

/** Returns false when none was waiting. */
export async function deletePendingEmailChange(tx: Tx, userId: string): Promise<boolean> {
  const { count } = await (await tx.prisma()).emailChange.deleteMany({ where: { userId, confirmedAt: null } })
  return count > 0
}
