import type { PrismaClient } from '../../../../prisma/generated/client.ts'
import type { Tx } from '../../../bus/index.ts'
import { emailKeyOf } from '../model/email-address.ts'

export interface NewInvitation {
  id: string
  email: string
  emailKey: string
  role: string
  tokenHash: string
  invitedBy: string
  expiresAt: Date
}

/** The one that was open for the address, if any, stops working. */
export async function replaceInvitation(tx: Tx, invitation: NewInvitation): Promise<void> {
  const { emailKey } = invitation
  const prisma = await tx.prisma()
  await prisma.invitation.deleteMany({ where: { emailKey } })
  await prisma.invitation.create({ data: invitation })
}

export function findInvitation(prisma: PrismaClient, tokenHash: string, now: Date) {
  return prisma.invitation.findFirst({ where: { tokenHash, expiresAt: { gt: now } } })
}

/** Newest first. Those of people who have an account by now lead nowhere: they are left out. */
export async function listInvitations(prisma: PrismaClient, now: Date) {
  const open = await prisma.invitation.findMany({ where: { expiresAt: { gt: now } }, orderBy: { createdAt: 'desc' } })
  const users = await prisma.user.findMany({
    where: { emailKey: { in: open.map((each) => emailKeyOf(each.email)) } },
    select: { id: true, email: true },
  })
  const taken = new Set(users.map((each) => emailKeyOf(each.email)))
  return open.filter((each) => !taken.has(emailKeyOf(each.email)))
}

/** Uses an invitation up. Returns the role it was for, or null when it does not work any more. */
export async function takeInvitation(tx: Tx, id: string, emailKey: string, now: Date): Promise<string | null> {
  const prisma = await tx.prisma()
  const invitation = await prisma.invitation.findFirst({ where: { id, emailKey, expiresAt: { gt: now } } })
  if (!invitation) return null
  const { count } = await prisma.invitation.deleteMany({ where: { id } })
  return count === 1 ? invitation.role : null
}

/** Returns false when there is none any more. */
export async function deleteInvitation(tx: Tx, id: string): Promise<boolean> {
  const { count } = await (await tx.prisma()).invitation.deleteMany({ where: { id } })
  return count === 1
}
