import type { Config } from '../server/config.ts'
import { migrate } from '../server/database/migrate.ts'
import { silentLogger } from '../server/logger.ts'
import type { Answer } from './answer.ts'
import { UsageError } from './usage.ts'

/** What a node does at its start; here as another user, so that nodes need not be allowed to. */
export async function bringUp({ databaseUrl }: Config): Promise<Answer> {
  if (databaseUrl === null) throw new UsageError('The built-in database is brought up to date by npm start.')
  await migrate(databaseUrl, silentLogger)
  return { data: { ok: true }, text: 'The database is up to date.', ok: true }
}
