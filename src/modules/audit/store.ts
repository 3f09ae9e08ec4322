import type { Prisma } from '../../../prisma/generated/client.ts'
import { type Envelope, newId, type Tx } from '../../bus/index.ts'

export interface AuditEntry {
  action: string
  actorId: string | null
  subjectId: string | null
  details?: Prisma.InputJsonObject
}

/** Adds an entry that points to the message it comes from. */
export async function addEntry(tx: Tx, envelope: Envelope, { details = {}, ...entry }: AuditEntry): Promise<void> {
  const { messageId, conversationId, occurredAt: at } = envelope
  const prisma = await tx.prisma()
  await prisma.auditEntry.create({ data: { id: newId(), at, messageId, conversationId, details, ...entry } })
}
