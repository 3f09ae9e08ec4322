import type { PrismaClient } from '../../../../prisma/generated/client.ts'
import type { Tx } from '../../../bus/index.ts'

export interface NewPhoneChange {
  id: string
  phone: string
  codeHash: string
  triesLeft: number
  expiresAt: Date
}

/** Forgets the one that was asked for before: of several codes only the newest works. */
export async function replacePhoneChange(tx: Tx, userId: string, change: NewPhoneChange): Promise<void> {
  await (await tx.prisma()).phoneChange.upsert({ where: { userId }, create: { userId, ...change }, update: change })
}

export function findPendingPhoneChange(prisma: PrismaClient, userId: string, now: Date) {
  return prisma.phoneChange.findFirst({ where: { userId, expiresAt: { gt: now }, triesLeft: { gt: 0 } } })
}

interface PhoneChangeInHand {
  id: string
  phone: string
  codeHash: string
  triesLeft: number
}

const TAKE_TRY = `
  UPDATE phone_changes SET tries_left = tries_left - 1
  WHERE user_id = $1 AND expires_at > $2 AND tries_left > 0
  RETURNING id, phone, code_hash AS "codeHash", tries_left AS "triesLeft"`

/** Counts a try before it is looked at, so that tries at the same time are as few as tries one after the other. */
export async function takePhoneTry(tx: Tx, userId: string, now: Date): Promise<PhoneChangeInHand | null> {
  const [change] = await tx.query<PhoneChangeInHand>(TAKE_TRY, [userId, now])
  if (!change) return null
  const phone = await tx.personal.openText(change.phone)
  return phone === null ? null : { ...change, phone }
}

export async function deletePhoneChange(tx: Tx, userId: string): Promise<void> {
  await (await tx.prisma()).phoneChange.deleteMany({ where: { userId } })
}
