import { isSealedText, type PersonalTable } from '../../bus/index.ts'
import { BATCH, type ResealingParts, type Rest } from './parts.ts'

/** Columns about people: what is in clear, and what is nobody's under the previous secret. */
export async function resealTables(parts: ResealingParts, rest: Rest): Promise<void> {
  for (const table of parts.tables) {
    if (typeof table.person === 'string' && table.sealed.length > 0) await resealRows(parts, table, table.person, rest)
  }
}

type Row = Record<string, string | null> & { place: string; person: string | null }

/** Along the primary key. Whoever changes a row meanwhile writes it sealed. */
async function resealRows(parts: ResealingParts, table: PersonalTable, person: string, rest: Rest): Promise<void> {
  const { pool } = parts.storage
  const key = await findKey(parts, table)
  const columns = [...table.sealed, ...(table.hashed ?? [])].map((each) => `"${each}"`).join(', ')
  const text = `
    SELECT "${key.name}"::text AS place, "${person}" AS person, ${columns} FROM "${table.table}"
    WHERE $1::text IS NULL OR "${key.name}" > $1::${key.type} ORDER BY "${key.name}" LIMIT ${BATCH}`
  for (let after: string | null = null; ; ) {
    const { rows }: { rows: Row[] } = await pool.query<Row>(text, [after])
    let changed = 0
    for (const row of rows) if (await resealRow(parts, table, key, row)) changed += 1
    await rest(changed)
    if (rows.length < BATCH) return
    after = rows.at(-1)!.place
  }
}

interface Key {
  name: string
  type: string
}

const PRIMARY_KEY = `
  SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type
  FROM pg_index AS i JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
  WHERE i.indrelid = $1::regclass AND i.indisprimary`

async function findKey({ storage }: ResealingParts, { table }: PersonalTable): Promise<Key> {
  const { rows } = await storage.pool.query<Key>(PRIMARY_KEY, [`"${table}"`])
  const [key, ...more] = rows
  if (key && more.length === 0) return key
  throw new Error(`Rows of ${table} are sealed one by one: that needs a primary key of one column.`)
}

async function resealRow(parts: ResealingParts, table: PersonalTable, key: Key, row: Row): Promise<boolean> {
  const next = { ...(await sealedOf(parts, table, row)), ...(await hashedOf(parts, table, row)) }
  const columns = Object.keys(next)
  if (columns.length === 0) return false
  const set = columns.map((column, index) => `"${column}" = $${index + 2}`).join(', ')
  // It may have another text by now.
  const same = columns.map((column, index) => `"${column}" = $${index + 2 + columns.length}`).join(' AND ')
  const update = `UPDATE "${table.table}" SET ${set} WHERE "${key.name}" = $1::${key.type} AND ${same} RETURNING 1`
  const values = [row.place, ...Object.values(next), ...columns.map((column) => row[column])]
  const { rowCount } = await parts.storage.pool.query(
    table.table === 'users' && next.email_key ? withConfirmations(update, columns) : update,
    values,
  )
  return rowCount === 1
}

async function sealedOf({ storage, people }: ResealingParts, { sealed }: PersonalTable, row: Row) {
  const next: Record<string, string> = {}
  for (const column of sealed) {
    const text = row[column]
    if (typeof text !== 'string') continue
    const resealed = isSealedText(text)
      ? people.reseal({ sealed: text })?.sealed
      : await storage.personal.sealText(row.person, text)
    if (resealed !== undefined) next[column] = resealed
  }
  return next
}

async function hashedOf(
  { storage: { personal }, emailKeyOf }: ResealingParts,
  { hashed = [] }: PersonalTable,
  row: Row,
) {
  const next: Record<string, string> = {}
  const email = typeof row.email === 'string' ? await personal.openText(row.email) : null
  for (const column of hashed) {
    const stored = row[column]
    // A deleted account is found by no address.
    if (typeof stored !== 'string' || email === null || stored.startsWith('deleted:')) continue
    const [present] = personal.lookUps(emailKeyOf(email))
    if (present !== undefined && stored !== present) next[column] = present
  }
  return next
}

/** Links that were sent to the address go by the same key: both move at once, or a crash between them leaves them dead. */
function withConfirmations(update: string, columns: readonly string[]): string {
  const at = columns.indexOf('email_key')
  return `
    WITH moved AS (${update}), links AS (
      UPDATE email_confirmations SET email_key = $${at + 2}
      WHERE user_id = $1::uuid AND email_key = $${at + 2 + columns.length} AND EXISTS (SELECT FROM moved)
    )
    SELECT FROM moved`
}
