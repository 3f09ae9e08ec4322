import type { PrismaClient } from '../../../../prisma/generated/client.ts'
import type { Tx } from '../../../bus/index.ts'

const ROLES_LOCK = 4_719_002

/** Held until the transaction ends: of two operators who take each other's role at once one comes second. */
export async function lockRoles(tx: Tx): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [ROLES_LOCK])
}

/** By their role, or by an address that the settings name. */
export async function countOtherOperators(tx: Tx, userId: string, operatorEmailKeys: string[]): Promise<number> {
  const isNamed = { emailKey: { in: operatorEmailKeys }, emailConfirmedAt: { not: null } }
  const isOperator = { OR: [{ role: 'operator' }, isNamed] }
  return (await tx.prisma()).user.count({ where: { id: { not: userId }, deletedAt: null, ...isOperator } })
}

export async function setRole(tx: Tx, userId: string, role: string): Promise<void> {
  await (await tx.prisma()).user.update({ where: { id: userId }, data: { role } })
}

const PAGE = 50

/** Everybody who has an account, newest first, from the given one on. One more than a page tells that there are more. */
export async function listPeople(prisma: PrismaClient, before: string | null) {
  const people = await prisma.user.findMany({
    where: { deletedAt: null, ...(before && { id: { lt: before } }) },
    orderBy: { id: 'desc' },
    take: PAGE + 1,
  })
  return { people: people.slice(0, PAGE), hasMore: people.length > PAGE }
}
