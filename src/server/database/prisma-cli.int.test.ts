import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { type Logger, silentLogger } from '../logger.ts'
import { migrate } from './migrate.ts'
import { createTestDatabase } from './testing.ts'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const run = promisify(execFile)

/** Prisma's own command line, with the engine that needs no download. */
async function prisma(url: string, ...args: string[]): Promise<string> {
  const PRISMA_SCHEMA_ENGINE_BINARY = path.join(ROOT, 'prisma/schema-engine.mjs')
  // biome-ignore lint/style/noProcessEnv: the command line reads its settings there
  const env = { ...process.env, DATABASE_URL: url, PRISMA_SCHEMA_ENGINE_BINARY, CHECKPOINT_DISABLE: '1' }
  const bin = path.join(ROOT, 'node_modules/.bin/prisma')
  return (await run(bin, args, { cwd: ROOT, env })).stdout
}

test('prisma migrate deploy does the same as a start, and neither has anything left to do after the other', async () => {
  await using deployed = await createTestDatabase('empty')
  expect(await prisma(deployed.url, 'migrate', 'deploy')).toContain('All migrations have been successfully applied')
  const unused = () => {
    throw new Error('There was something left to do.')
  }
  await migrate(deployed.url, { info: unused } as unknown as Logger)

  await using started = await createTestDatabase('empty')
  await migrate(started.url, silentLogger)
  expect(await prisma(started.url, 'migrate', 'deploy')).toContain('No pending migrations to apply')
})

test('the migrations make what the schema says', async () => {
  await using database = await createTestDatabase()
  const difference = ['--from-config-datasource', '--to-schema', 'prisma/schema.prisma', '--exit-code']
  expect(await prisma(database.url, 'migrate', 'diff', ...difference)).toContain('No difference detected')
})
