import type { Pool } from 'pg'
import { type PersonalTable, type PersonKeys, rowsOf } from '../../bus/index.ts'

/** Of one place at most so many rows are given: by their first column, which is a time where there are many. */
const MOST_ROWS = 10_000
const SEALED_SECRET = 'sealed:'

export interface OwnData {
  /** What is kept of the person, place by place. */
  places: { title: string; table: string; rows: unknown[] }[]
}

/** Everything that is kept about one person, as they would read it. What is secret stays so. */
export async function findOwnData(
  { pool, people, tables }: { pool: Pool; people: PersonKeys; tables: readonly PersonalTable[] },
  userId: string,
): Promise<OwnData> {
  const places: OwnData['places'] = []
  for (const each of tables.filter(({ exported }) => exported.length > 0)) {
    const columns = each.exported.map((column) => `"${column}"`).join(', ')
    const text = `SELECT ${columns} FROM "${each.table}" WHERE ${rowsOf(each)} ORDER BY 1 DESC LIMIT ${MOST_ROWS}`
    const { rows } = await pool.query<Record<string, unknown>>(text, [userId])
    places.push({
      title: each.title,
      table: each.table,
      rows: await Promise.all(rows.map((row) => readable(people, row))),
    })
  }
  return { places }
}

async function readable(people: PersonKeys, row: Record<string, unknown>): Promise<unknown> {
  const opened: Record<string, unknown> = {}
  for (const [column, value] of Object.entries(row)) {
    opened[column] =
      typeof value === 'string' ? await people.openText(value) : withoutSecrets((await people.open(value)).value)
  }
  return opened
}

function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith(SEALED_SECRET) ? '(secret)' : value
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrets(item)]))
}
