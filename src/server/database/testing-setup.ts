import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { silentLogger } from '../logger.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { migrate } from './migrate.ts'
import { createTestDirectory } from './testing-directory.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A server with a migrated, empty database to copy. */
    testServer: { url: string; template: string }
  }
}

const TEMPLATE = 'waybill_template'

/** Once per run: a PostgreSQL in a temporary directory, for all integration tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await createTestDirectory('int')
  const server = await startEmbeddedPostgres({ dataDir: directory.path, logger: silentLogger })
  const template = new URL(server.url)
  template.pathname = `/${TEMPLATE}`
  await create(server.url)
  await migrate(template.href, silentLogger)
  project.provide('testServer', { url: server.url, template: TEMPLATE })
  return async () => {
    await server.stop()
    await directory.remove()
  }
}

async function create(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`CREATE DATABASE ${TEMPLATE}`)
  await client.end()
}
