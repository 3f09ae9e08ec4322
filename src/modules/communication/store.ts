import type { PrismaClient } from '../../../prisma/generated/client.ts'
import { newId } from '../../bus/index.ts'

export interface Received {
  channel: 'email' | 'sms'
  sender: string
  recipient: string
  subject: string | null
  text: string
  html: string | null
  externalId: string | null
}

export async function insertReceived(prisma: PrismaClient, received: Received): Promise<string> {
  const id = newId()
  await prisma.mailboxMessage.create({ data: { id, ...received } })
  return id
}

export function listReceived(prisma: PrismaClient, limit: number) {
  return prisma.mailboxMessage.findMany({ orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }], take: limit })
}
