/**
 * Seals columns about people on their way into the database and opens them on their way out, for whatever is written
 * and read by Prisma's models. Statements of our own do the same by the transaction's `personal`.
 */
import type { PrismaClient } from '../../prisma/generated/client.ts'
import { isSealedText, type PersonalTable, type PersonKeys } from '../bus/index.ts'

/** Seals and opens texts of columns. */
export type PersonalTexts = Pick<PersonKeys, 'sealText' | 'openText'>

/** Where nothing is sealed: what is written is what is stored. */
export const IN_CLEAR: PersonalTexts = {
  sealText: async (_, text) => text,
  openText: async (stored) => stored,
}

type Row = Record<string, unknown>
type Call = { args: unknown; query(args: unknown): Promise<unknown> }

interface Fields {
  person: string
  sealed: ReadonlySet<string>
}

/** A client of the same shape. */
export function sealingColumns(
  prisma: PrismaClient,
  tables: readonly PersonalTable[],
  texts: PersonalTexts,
): PrismaClient {
  const query = Object.fromEntries(
    tables.flatMap((table) =>
      table.model === null ? [] : [[table.model, { $allOperations: sealingOperations(fieldsOf(table), texts) }]],
    ),
  )
  // Its types want the models by name; which ones there are is known when it runs.
  return prisma.$extends({ query: query as Record<never, never> }) as unknown as PrismaClient
}

function fieldsOf({ person, sealed }: PersonalTable): Fields {
  return { person: typeof person === 'string' ? fieldOf(person) : '', sealed: new Set(sealed.map(fieldOf)) }
}

function fieldOf(column: string): string {
  return column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function sealingOperations(fields: Fields, texts: PersonalTexts) {
  return async ({ args, query }: Call): Promise<unknown> =>
    openIn(await query(await sealedArguments(fields, texts, (args ?? {}) as Row)), texts)
}

async function sealedArguments(fields: Fields, texts: PersonalTexts, args: Row): Promise<Row> {
  const owner = (data: unknown) => ownerIn(fields, data) ?? ownerIn(fields, args.where) ?? ownerIn(fields, args.create)
  const seal = async (data: unknown): Promise<unknown> => {
    if (Array.isArray(data)) return Promise.all(data.map(seal))
    return isRow(data) ? sealRow(fields, texts, data, owner(data)) : data
  }
  const sealed = { ...args }
  for (const part of ['data', 'create', 'update']) if (part in args) sealed[part] = await seal(args[part])
  return sealed
}

async function sealRow({ sealed }: Fields, texts: PersonalTexts, data: Row, owner: string | null): Promise<Row> {
  const row = { ...data }
  for (const field of sealed) {
    const value = row[field]
    if (typeof value === 'string') row[field] = await texts.sealText(owner, value)
  }
  return row
}

/** Nobody's are sealed with a key of the installation. */
function ownerIn({ person }: Fields, part: unknown): string | null {
  const id = isRow(part) ? part[person] : undefined
  return typeof id === 'string' ? id : null
}

/** Rows that come along with others are opened, too. What belongs to somebody who was erased is empty. */
async function openIn(result: unknown, texts: PersonalTexts): Promise<unknown> {
  if (typeof result === 'string') return isSealedText(result) ? ((await texts.openText(result)) ?? '') : result
  if (Array.isArray(result)) return Promise.all(result.map((each) => openIn(each, texts)))
  if (!isRow(result)) return result
  for (const [field, value] of Object.entries(result)) {
    if (typeof value === 'string' || typeof value === 'object') result[field] = await openIn(value, texts)
  }
  return result
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !(value instanceof Date) && !ArrayBuffer.isView(value)
}
