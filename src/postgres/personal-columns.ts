/**
 * Seals columns about people on their way into the database and opens them on their way out, with a keyed hash in place
 * of that by which somebody is looked up, for whatever is written
 * and read by Prisma's models. Statements of our own do the same by the transaction's `personal`.
 */
import type { PrismaClient } from '../../prisma/generated/client.ts'
import { isHash, isSealedText, type PersonalTable, type PersonKeys, type Sealer } from '../bus/index.ts'

/** Seals and opens texts of columns. */
export interface PersonalTexts extends Pick<PersonKeys, 'sealText' | 'openText'> {
  /**
   * What stands in a look-up column in place of a text: the first is written; any may be found, of rows that were
   * written before there were hashes, or with the previous APP_SECRET.
   */
  lookUps(text: string): string[]
}

export function personalTexts(people: PersonKeys, sealer: Sealer): PersonalTexts {
  return { ...people, lookUps: (text) => (isHash(text) ? [text] : [...sealer.hashes(text), text]) }
}

/** Where nothing is sealed: what is written is what is stored. */
export const IN_CLEAR: PersonalTexts = {
  lookUps: (text) => [text],
  sealText: async (_, text) => text,
  openText: async (stored) => stored,
}

type Row = Record<string, unknown>
interface Call {
  operation: string
  args: unknown
  query(args: unknown): Promise<unknown>
}

interface Fields {
  person: string
  sealed: ReadonlySet<string>
  hashed: ReadonlySet<string>
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

function fieldsOf({ person, sealed, hashed = [] }: PersonalTable): Fields {
  return {
    person: typeof person === 'string' ? fieldOf(person) : '',
    sealed: new Set(sealed.map(fieldOf)),
    hashed: new Set(hashed.map(fieldOf)),
  }
}

function fieldOf(column: string): string {
  return column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function sealingOperations(fields: Fields, texts: PersonalTexts) {
  return async ({ operation, args, query }: Call): Promise<unknown> => {
    const sealed = await sealedArguments(fields, texts, (args ?? {}) as Row)
    for (const where of wheresOf(fields, texts, sealed.where, UNIQUE.has(operation))) {
      const found = await query(where ? { ...sealed, where } : sealed)
      if (found !== null || operation !== 'findUnique') return openIn(found, texts)
    }
    return null
  }
}

const UNIQUE = new Set(['findUnique', 'findUniqueOrThrow', 'update', 'upsert', 'delete'])

/** What to look for, one after the other: a unique key takes one value, any other condition takes all that fit. */
function wheresOf(fields: Fields, texts: PersonalTexts, where: unknown, isUnique: boolean): (Row | null)[] {
  if (!isRow(where)) return [null]
  const [field] = [...fields.hashed].filter((each) => typeof where[each] === 'string')
  if (!isUnique || field === undefined) return [anyOf(fields, texts, where)]
  return texts.lookUps(String(where[field])).map((key) => ({ ...where, [field]: key }))
}

function anyOf(fields: Fields, texts: PersonalTexts, where: Row): Row {
  const condition = (value: unknown): unknown => {
    if (typeof value === 'string') return { in: texts.lookUps(value) }
    return isRow(value) && Array.isArray(value.in) ? { in: (value.in as string[]).flatMap(texts.lookUps) } : value
  }
  const part = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(part)
    return isRow(value) ? anyOf(fields, texts, value) : value
  }
  return Object.fromEntries(
    Object.entries(where).map(([key, value]) => {
      if (fields.hashed.has(key)) return [key, condition(value)]
      return [key, COMBINED.has(key) ? part(value) : value]
    }),
  )
}

const COMBINED = new Set(['AND', 'OR', 'NOT'])

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

async function sealRow(
  { sealed, hashed }: Fields,
  texts: PersonalTexts,
  data: Row,
  owner: string | null,
): Promise<Row> {
  const row = { ...data }
  for (const field of sealed) {
    const value = row[field]
    if (typeof value === 'string') row[field] = await texts.sealText(owner, value)
  }
  for (const field of hashed) {
    const value = row[field]
    if (typeof value === 'string') row[field] = texts.lookUps(value)[0]
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
