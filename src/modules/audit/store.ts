import type { Prisma, PrismaClient } from '../../../prisma/generated/client.ts'
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

const PAGE = 30

/** Newest first, from the given one on. */
export async function listEntriesAbout(
  prisma: PrismaClient,
  subjectId: string,
  before: { at: string; id: string } | null,
) {
  const older = before && { OR: [{ at: { lt: before.at } }, { at: before.at, id: { lt: before.id } }] }
  const entries = await prisma.auditEntry.findMany({
    where: { subjectId, ...older },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: PAGE + 1,
  })
  return { entries: entries.slice(0, PAGE), hasMore: entries.length > PAGE }
}

/** What the messages held that entries come from, as it is stored; of those that are about this person and still there. */
export async function findBodies(
  prisma: PrismaClient,
  subjectId: string,
  entries: readonly { messageId: string | null }[],
): Promise<Map<string, unknown>> {
  const ids = entries.flatMap(({ messageId }) => messageId ?? [])
  const messages = await prisma.message.findMany({
    where: { id: { in: ids }, subjectId },
    select: { id: true, body: true },
  })
  return new Map(messages.map(({ id, body }) => [id, body]))
}
