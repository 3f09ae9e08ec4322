import type { Pool, QueryResultRow } from 'pg'
import type { Tx } from '../bus/index.ts'

/** A statement with a name is planned once for each connection. */
export interface Statement {
  name: string
  text: string
}

const PLANNED_TEXTS = 500
const names = new Map<string, string>()

/**
 * Texts get names in the order they are first seen, so that handlers' and Prisma's statements are planned once for
 * each connection as ours are. There is an end to it: texts that are made up anew each time must not fill the server.
 */
export function planned(text: string): { name?: string; text: string } {
  const known = names.get(text)
  if (known !== undefined) return { name: known, text }
  if (names.size >= PLANNED_TEXTS) return { text }
  const name = `handler-${names.size}`
  names.set(text, name)
  return { name, text }
}

/** Where a statement runs: in a given transaction, or in one of its own. */
export type Run = <Row extends object>(statement: Statement, values: readonly unknown[]) => Promise<Row[]>

export function inTransaction(tx: Tx): Run {
  return (statement, values) => tx.query(statement, values)
}

export function onItsOwn(pool: Pool): Run {
  return async <Row extends object>(statement: Statement, values: readonly unknown[]) => {
    const { rows } = await pool.query<Row & QueryResultRow>({ ...statement, values: [...values] })
    return rows
  }
}
