import type { PrismaClient } from '../../../prisma/generated/client.ts'
import { newId, type PersonalTable, rowsOf, type Tx } from '../../bus/index.ts'
import type { ErasedPlace, Receipt } from './model/receipt.ts'

const DEFAULT_HOLD_DAYS = 30

export async function findLegalHoldDays(prisma: PrismaClient): Promise<number> {
  return (await prisma.privacySettings.findFirst())?.legalHoldDays ?? DEFAULT_HOLD_DAYS
}

export async function findLegalHoldDaysWithin(tx: Tx): Promise<number> {
  return (await (await tx.prisma()).privacySettings.findFirst())?.legalHoldDays ?? DEFAULT_HOLD_DAYS
}

export async function setLegalHoldDays(tx: Tx, legalHoldDays: number): Promise<void> {
  const prisma = await tx.prisma()
  await prisma.privacySettings.upsert({
    where: { isOnlyRow: true },
    create: { legalHoldDays },
    update: { legalHoldDays },
  })
}

/** Of what was sent about the person, what is still to be handled soon; but for one message. */
const ON_ITS_WAY = `
  SELECT count(*)::int AS count FROM messages AS m JOIN deliveries AS d ON d.message_id = m.id
  WHERE m.subject_id = $1 AND m.id <> $2 AND d.state IN ('pending', 'running', 'retrying')
    AND d.due_at < now() + interval '1 hour' AND d.parked_reason IS NULL`

export async function countOnItsWay(tx: Tx, userId: string, butFor: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>(ON_ITS_WAY, [userId, butFor])
  return row?.count ?? 0
}

/** Counts first: removing the rows of one table may take those of another along. */
export async function eraseRows(tx: Tx, tables: readonly PersonalTable[], userId: string): Promise<ErasedPlace[]> {
  const places: ErasedPlace[] = []
  for (const table of tables) places.push(await countRows(tx, table, userId))
  for (const table of tables) await eraseIn(tx, table, userId)
  return places
}

async function countRows(tx: Tx, table: PersonalTable, userId: string): Promise<ErasedPlace> {
  const text = `SELECT count(*)::int AS count FROM "${table.table}" WHERE ${rowsOf(table)}`
  const [row] = await tx.query<{ count: number }>(text, [userId])
  return { table: table.table, title: table.title, count: row?.count ?? 0, what: whatIsDone(table) }
}

const WHAT = {
  'rows-removed': 'rows removed',
  'made-unreadable': 'made unreadable',
  kept: 'kept, under the id alone',
} as const

function whatIsDone({ onErasure }: PersonalTable): ErasedPlace['what'] {
  return typeof onErasure === 'string' ? WHAT[onErasure] : 'emptied and made unreadable'
}

async function eraseIn(tx: Tx, table: PersonalTable, userId: string): Promise<void> {
  const { onErasure } = table
  if (onErasure === 'rows-removed') {
    await tx.query(`DELETE FROM "${table.table}" WHERE ${rowsOf(table)}`, [userId])
  } else if (typeof onErasure !== 'string') {
    const text = `UPDATE "${table.table}" SET ${onErasure.set} WHERE ${rowsOf(table)} AND ${onErasure.where}`
    await tx.query(text, [userId])
  }
}

export async function insertReceipt(
  tx: Tx,
  {
    personId,
    deletedAt,
    erasedAt,
    places,
  }: { personId: string; deletedAt: Date; erasedAt: Date; places: ErasedPlace[] },
): Promise<string> {
  const id = newId()
  const prisma = await tx.prisma()
  await prisma.erasureReceipt.create({
    data: { id, personId, deletedAt, erasedAt, places: places.map((each) => ({ ...each })) },
  })
  return id
}

export async function listReceipts(prisma: PrismaClient, limit: number): Promise<Receipt[]> {
  const rows = await prisma.erasureReceipt.findMany({ orderBy: [{ erasedAt: 'desc' }, { id: 'desc' }], take: limit })
  return rows.map(({ id, personId, deletedAt, erasedAt, places }) => ({
    id,
    personId,
    deletedAt: deletedAt.toISOString(),
    erasedAt: erasedAt.toISOString(),
    places: places as unknown as ErasedPlace[],
  }))
}
