import type { Pool } from 'pg'
import type { Catalog } from '../../bus/index.ts'
import type { ColumnValues } from '../model/column-values.ts'
import { cellOf } from '../model/column-values.ts'
import { parseExact } from '../model/payload/exact-json.ts'
import { BODY_COLUMNS, maskedJson, type StoredBody } from './payloads.ts'

const BODIES = {
  name: 'bodies-for-columns',
  text: `SELECT m.id, ${BODY_COLUMNS} FROM messages AS m
         WHERE m.id = ANY ($1::uuid[])`,
}

interface Row extends StoredBody {
  id: string
}

/** Values of some payloads at some paths, for the rows that somebody looks at; what is classified is masked. */
export async function findColumnValues(
  { pool, catalog }: { pool: Pool; catalog: Catalog },
  { ids, paths }: { ids: readonly string[]; paths: readonly string[] },
): Promise<ColumnValues> {
  const { rows } = await pool.query<Row>({ ...BODIES, values: [ids] })
  return Object.fromEntries(
    rows.map((row) => {
      const body = parseExact(maskedJson(catalog, row))
      return [row.id, paths.map((path) => cellOf(body, path))]
    }),
  )
}
