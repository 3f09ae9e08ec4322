import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { newId } from '../../bus/index.ts'
import { NoteReveal } from '../../inspector/reveal-messages.ts'
import { SendSms } from '../../modules/communication/messages.ts'
import { type Application, compose } from '../compose.ts'
import { readConfig } from '../config.ts'
import { createTestDatabase, type TestDatabase } from '../database/testing.ts'
import { silentLogger } from '../logger.ts'
import { sealOldRowsJob } from './index.ts'

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

async function sealOldRows(app: Application, version = 'this release') {
  const { storage, catalog, people, sealer, personalTables: tables } = app
  const emailKeyOf = (email: string) => email.toLowerCase()
  const job = sealOldRowsJob({ storage, catalog, people, sealer, tables, emailKeyOf }, version)
  await job.run(new AbortController().signal)
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

it('what is nobody’s is sealed anew, and a link that is on its way goes by the new key of its address', async () => {
  const before = await open(OLD)
  const id = newId()
  const { prisma, pool } = before.storage
  await prisma.user.create({ data: userOf(id, 'zaphod@example.com') })
  const link = { id: newId(), userId: id, emailKey: 'zaphod@example.com', tokenHash: 'x', expiresAt: new Date() }
  await prisma.emailConfirmation.create({ data: link })
  const mail = { channel: 'sms', sender: 'w', recipient: '+41790000000', text: 'Zaphod' }
  const mailbox = Array.from({ length: 450 }, () => ({ id: newId(), ...mail }))
  await prisma.mailboxMessage.createMany({ data: mailbox })
  const { messageId } = await before.bus.send(NoteReveal, {
    ...{ messageId: newId(), field: null, reason: 'Zaphod', actorId: newId() },
  })

  const between = await open(NEW, { APP_SECRET: NEW, APP_SECRET_PREVIOUS: OLD })
  expect(await between.rotateSecret()).toEqual({ keys: 1, rows: 451, messages: 1 })
  expect(await between.rotateSecret()).toEqual({ keys: 0, rows: 0, messages: 0 })

  const after = await open(NEW)
  const texts = new Set((await after.storage.prisma.mailboxMessage.findMany()).map((each) => each.text))
  expect([...texts]).toEqual(['Zaphod'])
  const { rows: stored } = await pool.query<{ body: unknown }>('SELECT body FROM messages WHERE id = $1', [messageId])
  expect(await after.people.open(stored[0]!.body)).toMatchObject({ value: { reason: 'Zaphod' }, isErased: false })
  const [user] = (await pool.query<{ email_key: string }>('SELECT email_key FROM users')).rows
  expect(await rows(after, 'SELECT email_key FROM email_confirmations')).toBe(JSON.stringify([user]))
})

it('mail from before it was noted whom it is about is told from its id', async () => {
  const app = await open(NEW)
  const id = newId()
  const { messageId } = await app.bus.send(SendSms, textOf(id))
  const received = { id: newId(), channel: 'sms', sender: 'w', recipient: '+1', text: 'Zaphod' }
  await app.storage.prisma.mailboxMessage.create({ data: { ...received, externalId: `<${messageId}@example.com>` } })
  await app.storage.pool.query(
    await readFile('prisma/migrations/20261129104500_sealing_of_contexts/migration.sql', 'utf8'),
  )
  expect(await rows(app, 'SELECT person_id FROM mailbox_messages')).toBe(JSON.stringify([{ person_id: id }]))
})

it('it is looked for again as long as a node of another release lives, and once more', async () => {
  const app = await open(NEW)
  const { pool } = app.storage
  const isSealed = async () => {
    const id = newId()
    await pool.query(
      `INSERT INTO messages (id, kind, name, version, body, conversation_id, subject_id, occurred_at)
       VALUES ($1, 'command', $2, 1, $3, $1, $1, now())`,
      [id, SendSms.name, { userId: id, phone: '+41790000000', text: 'Zaphod' }],
    )
    await sealOldRows(app)
    const { rows: stored } = await pool.query<{ body: unknown }>('SELECT body FROM messages WHERE id = $1', [id])
    return !JSON.stringify(stored).includes('Zaphod')
  }
  const beat = (ago: string) =>
    pool.query(
      `INSERT INTO nodes (id, host, pid, role, version, started_at, heartbeat_at)
       VALUES ('old', 'h', 1, 'all', 'an older release', now(), now() - $1::interval)
       ON CONFLICT (id) DO UPDATE SET heartbeat_at = excluded.heartbeat_at`,
      [ago],
    )
  expect(await isSealed()).toBe(false)
  await beat('-1 minute')
  expect(await isSealed()).toBe(true)
  expect(await isSealed()).toBe(true)
  await beat('1 day')
  expect(await isSealed()).toBe(false)
})

it('what processes remembered of people in clear is sealed, and nothing of what is about nobody', async () => {
  const app = await open(NEW)
  const { pool } = app.storage
  const id = newId()
  await pool.query(
    `INSERT INTO processes (name, key, definition_version, version, status, state, context, timers, waiting_for,
                            conversation_id, subject_id, started_at, changed_at)
     SELECT 'test.remembers', key, 1, 2, 'running', '"open"', '{"seen": "Zaphod"}', '[]', '[]', $1::uuid, subject_id::uuid, now(), now()
     FROM (VALUES ('a', $1::text), ('b', NULL)) AS v (key, subject_id)`,
    [id],
  )
  await pool.query(
    `INSERT INTO process_revisions (process_name, process_key, version, at, message_id, message_name, state_before,
                                    state_after, context_before, context_after, messages_out)
     VALUES ('test.remembers', 'a', 1, now(), $1, 'test.seen', NULL, '"open"', NULL, '{}', '[]'),
            ('test.remembers', 'a', 2, now(), $1, 'test.seen', '"open"', '"open"', '{}', '{"seen": "Zaphod"}', '[]')`,
    [id],
  )
  await pool.query(`UPDATE sealing_progress SET done_at = NULL`)
  await sealOldRows(app)
  const { processes, unitOfWork } = app.storage
  const found = await unitOfWork.run((tx) => processes.find(tx, 'test.remembers', 'a'))
  expect(found).toMatchObject({ context: { seen: 'Zaphod' } })
  expect(await rows(app, `SELECT context FROM processes WHERE key = 'b'`)).toContain('Zaphod')
  expect(await rows(app, `SELECT context FROM processes WHERE key = 'a'`)).toContain('personal:v1')
  const steps = await rows(app, 'SELECT context_before, context_after FROM process_revisions ORDER BY version')
  expect(steps).toMatch(
    /^\[\{"context_before":null,"context_after":\{\}\},\{"context_before":\{\},"context_after":\{"sealed":"personal/,
  )
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

  await sealOldRows(app)
  const dump = (await rows(app, 'SELECT * FROM users')) + (await rows(app, 'SELECT * FROM messages'))
  expect(dump).not.toMatch(/zaphod|41790000000/i)
  expect(await find()).toMatchObject({ name: 'Zaphod', email: 'Zaphod@example.com' })
  expect(await rows(app, 'SELECT done_at IS NOT NULL AS is_done FROM sealing_progress')).toBe('[{"is_done":true}]')
})
