import { createPostgresStorage, type PostgresOptions, type PostgresStorage } from '../../postgres/index.ts'

/** PostgreSQL as the bus has it, on a test's own database. What is about people is written in clear. */
export function openTestStorage(
  url: string,
  options: Partial<Pick<PostgresOptions, 'poolSize' | 'maxAttemptsOf'>> = {},
): PostgresStorage {
  const usual = { poolSize: 4, maxAttemptsOf: () => 5, onConnectionError: () => {} }
  return createPostgresStorage({ url, node: 'test', ...usual, ...options })
}
