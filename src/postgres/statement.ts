import type { Pool, QueryResultRow } from 'pg'
import type { Tx } from '../bus/index.ts'

/** A statement with a name is planned once for each connection. */
export interface Statement {
  name: string
  text: string
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
