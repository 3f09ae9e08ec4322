import type { Pool } from 'pg'
import type { PersonalTable, Storage } from '../bus/index.ts'
import type { PersonalTexts } from './personal-columns.ts'

interface Parts {
  pool: Pool
  tables: readonly PersonalTable[]
  personal: Pick<PersonalTexts, 'openText'>
}

/** Reads what tables say of a person, where their owners say that it tells who that is. */
export function knownTextsIn({ pool, tables, personal }: Parts): Storage['knownTexts'] {
  const texts = tables.flatMap(({ table, person, struckOut = [] }) =>
    // Of a table without a column for its person somebody else's rows might be meant.
    typeof person === 'string'
      ? struckOut.map((column) => `SELECT "${column}" AS text FROM "${table}" WHERE "${person}" = $1::uuid`)
      : [],
  )
  if (texts.length === 0) return async () => []
  const statement = { name: 'find-known-texts', text: texts.join(' UNION ') }
  return async (person) => {
    const { rows } = await pool.query<{ text: string | null }>({ ...statement, values: [person] })
    const stored = rows.flatMap(({ text }) => text ?? [])
    const opened = await Promise.all(stored.map((text) => personal.openText(text)))
    return opened.filter((text) => text !== null)
  }
}
