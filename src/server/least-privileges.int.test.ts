import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { expect, test } from 'vitest'
import { newId } from '../bus/index.ts'
import { CreateUser, DeleteAccount } from '../modules/accounts/messages.ts'
import { createSinks } from '../modules/communication/index.ts'
import { ErasePerson } from '../modules/privacy/messages.ts'
import { migrate } from './database/migrate.ts'
import { createTestDatabase } from './database/testing.ts'
import { silentLogger } from './logger.ts'
import { composeNode } from './testing/node.ts'
import { openTestStorage } from './testing/test-storage.ts'

/** The statements that the page gives, with names of this test's own: users are the whole server's. */
async function statementsOf(page: string, { database, suffix }: { database: string; suffix: string }): Promise<string> {
  const [, sql = ''] = /```sql\n([^`]+)```/.exec(await readFile(page, 'utf8')) ?? []
  return sql
    .replaceAll('waybill_data', new URL(database).pathname.slice(1))
    .replaceAll(/\bwaybill(_owner)?\b(?!')/g, (name) => `${name}_${suffix}`)
}

function as(url: string, user: string): string {
  const changed = new URL(url)
  changed.username = user
  changed.password = 'another one'
  return changed.href
}

test('the app runs as a user who can change no table, with the statements of the page', {
  timeout: 60_000,
}, async () => {
  await using opened = new AsyncDisposableStack()
  const database = await createTestDatabase('empty')
  const suffix = newId().slice(-12)
  const admin = new pg.Client({ connectionString: database.url })
  await admin.connect()
  opened.defer(async () => {
    await admin.end()
    await database.drop()
  })
  await admin.query(await statementsOf('docs/security.md', { database: database.url, suffix }))
  await migrate(as(database.url, `waybill_owner_${suffix}`), silentLogger)

  const url = as(database.url, `waybill_${suffix}`)
  await migrate(url, silentLogger)
  const mailbox = openTestStorage(database.url)
  const sinks = createSinks(mailbox.prisma)
  const app = await composeNode(url, { smtpUrl: await sinks.smtp.start(), smsUrl: await sinks.sms.start() })
  await app.start()
  opened.defer(async () => {
    await app.stop()
    await sinks.smtp.stop()
    await sinks.sms.stop()
    await mailbox.stop()
  })
  const userId = newId()
  const person = { name: 'Anna', email: 'anna@example.com', phone: '+41791701122', passwordHash: 'a hash' }
  const signedUp = await app.bus.execute(CreateUser, { userId, ...person })
  expect(signedUp.reply).toEqual({ outcome: 'created', userId })
  await app.bus.execute(DeleteAccount, { userId })
  const erasure = { userId, deletedAt: new Date().toISOString(), waited: 99 }
  expect((await app.bus.execute(ErasePerson, erasure)).reply).toEqual({ outcome: 'erased' })
  const count = async (text: string) => (await admin.query<{ count: number }>(text)).rows[0]?.count
  await expect.poll(() => count('SELECT count(*)::int FROM audit_chain'), { timeout: 20_000 }).toBeGreaterThan(0)
  // Whatever else went on meanwhile, nothing was refused by the database.
  expect(await count('SELECT count(*)::int FROM deliveries')).toBeGreaterThan(5)
  expect(await count(`SELECT count(*)::int FROM failed_attempts WHERE error::text LIKE '%permission%'`)).toBe(0)

  // Whoever has the app's own access does not get around what the database refuses.
  for (const statement of [
    'DROP TABLE users',
    'ALTER TABLE audit_entries DISABLE TRIGGER ALL',
    'TRUNCATE audit_entries',
    'CREATE TABLE mine ()',
    'DELETE FROM audit_entries',
  ]) {
    await expect(app.storage.pool.query(statement), statement).rejects.toThrow()
  }
})
