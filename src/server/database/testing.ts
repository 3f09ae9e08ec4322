import pg from 'pg'
import { inject } from 'vitest'
import type {} from './testing-setup.ts'

export interface TestDatabase extends AsyncDisposable {
  readonly url: string
  /** Ends the connections that are still open, too. */
  drop(): Promise<void>
}

/** A database of its own for one test or file: `migrated`, or without any table. */
export async function createTestDatabase(kind: 'migrated' | 'empty' = 'migrated'): Promise<TestDatabase> {
  const { url: serverUrl, template } = inject('testServer')
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  await onServer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${kind === 'migrated' ? template : 'template0'}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const drop = () => onServer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  return { url: url.href, drop, [Symbol.asyncDispose]: drop }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
