import { afterEach, beforeEach, expect, it } from 'vitest'
import { newId } from '../bus/index.ts'
import { SendSms } from '../modules/communication/messages.ts'
import { type Application, compose } from './compose.ts'
import { readConfig } from './config.ts'
import { createTestDatabase, type TestDatabase } from './database/testing.ts'
import { silentLogger } from './logger.ts'
import { sealOldRowsJob } from './resealing.ts'

const OLD = 'the old secret of this test, 32 characters'
const NEW = 'the new secret of this test, 32 characters'
const GATEWAYS = { SMTP_URL: 'smtp://127.0.0.1:1', SMS_URL: 'http://a:b@127.0.0.1:1/?From=%2B1' }

let database: TestDatabase
let running: Application[]

beforeEach(async () => {
  database = await createTestDatabase()
  running = []
})
afterEach(async () => {
  await Promise.all(running.map((each) => each.stop()))
  await database.drop()
})

async function open(secret: string, env: Record<string, string> = {}): Promise<Application> {
  const config = readConfig({ ...GATEWAYS, ...env })
  const app = await compose({ config, logger: silentLogger, databaseUrl: database.url, secret })
  running.push(app)
  return app
}

const userOf = (id: string, email: string) => ({
  ...{ id, email, emailKey: email, name: 'Zaphod', phone: '+41790000000' },
  ...{ passwordHash: 'x', signUpConversationId: newId() },
})

async function rows(app: Application, text: string): Promise<string> {
  return JSON.stringify((await app.storage.pool.query(text)).rows)
}

const textOf = (userId: string) => ({ userId, phone: '+41790000000', text: 'Zaphod', code: 'secret code' }) as never

it('the secret is changed while the app runs, and the old one is of no use afterwards', async () => {
  const before = await open(OLD)
  const id = newId()
  await before.storage.prisma.user.create({ data: userOf(id, 'zaphod@example.com') })
  const { messageId } = await before.bus.send(SendSms, textOf(id))

  // Both are read meanwhile.
  const between = await open(NEW, { APP_SECRET: NEW, APP_SECRET_PREVIOUS: OLD })
  const find = (app: Application) => app.storage.prisma.user.findUnique({ where: { emailKey: 'zaphod@example.com' } })
  expect(await find(between)).toMatchObject({ name: 'Zaphod' })
  const done = await between.rotateSecret()
  expect(done).toMatchObject({ keys: 1, rows: 1, messages: 1 })
  // Whatever interrupts it, it is begun again and does the rest.
  expect(await between.rotateSecret()).toMatchObject({ keys: 0, rows: 0, messages: 0 })

  const after = await open(NEW)
  expect(await find(after)).toMatchObject({ name: 'Zaphod', email: 'zaphod@example.com' })
  const { rows: stored } = await after.storage.pool.query<{ body: unknown }>(
    'SELECT body FROM messages WHERE id = $1',
    [messageId],
  )
  const { value } = await after.people.open(stored[0]!.body)
  expect(after.catalog.open(SendSms.name, SendSms.version, value)).toMatchObject({
    text: 'Zaphod',
    code: 'secret code',
  })
  const old = await open(OLD)
  expect(await find(old)).toBeNull()
})

it('what was stored in clear before is found meanwhile, and sealed by the leader', async () => {
  const app = await open(NEW)
  const { pool } = app.storage
  const [id, messageId] = [newId(), newId()]
  await pool.query(
    `INSERT INTO users (id, email, email_key, name, phone, password_hash, sign_up_conversation_id)
     VALUES ($1, 'Zaphod@example.com', 'zaphod@example.com', 'Zaphod', '+41790000000', 'x', $1)`,
    [id],
  )
  await pool.query(
    `INSERT INTO messages (id, kind, name, version, body, conversation_id, subject_id, occurred_at)
     VALUES ($1, 'command', $2, 1, $3, $1, $4, now())`,
    [messageId, SendSms.name, { userId: id, phone: '+41790000000', text: 'Zaphod' }, id],
  )
  await pool.query(`UPDATE sealing_progress SET done_at = NULL`)
  const find = () => app.storage.prisma.user.findUnique({ where: { emailKey: 'zaphod@example.com' } })
  expect(await find()).toMatchObject({ name: 'Zaphod' })

  const { storage, catalog, people, sealer, personalTables: tables } = app
  const emailKeyOf = (email: string) => email.toLowerCase()
  await sealOldRowsJob({ storage, catalog, people, sealer, tables, emailKeyOf }).run(new AbortController().signal)
  const dump = (await rows(app, 'SELECT * FROM users')) + (await rows(app, 'SELECT * FROM messages'))
  expect(dump).not.toMatch(/zaphod|41790000000/i)
  expect(await find()).toMatchObject({ name: 'Zaphod', email: 'Zaphod@example.com' })
  expect(await rows(app, 'SELECT done_at IS NOT NULL AS is_done FROM sealing_progress')).toBe('[{"is_done":true}]')
})
