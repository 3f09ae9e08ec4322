import { afterAll, beforeAll, expect, it } from 'vitest'
import { busModule, newId } from '../../bus/index.ts'
import { createTestBus, TEST_SECRET, type TestBus } from '../../bus/testing/index.ts'
import { createInspectorModule } from '../../inspector/index.ts'
import type { PostgresStorage } from '../../postgres/index.ts'
import { createTestDatabase } from '../../server/database/testing.ts'
import { openTestStorage } from '../../server/testing/test-storage.ts'
import { createAccountsModule } from '../accounts/index.ts'
import { ConfirmEmail, CreateUser } from '../accounts/messages.ts'
import { findConfirmation } from '../accounts/store.ts'
import { hashToken } from '../accounts/token.ts'
import { createAuditModule } from '../audit/index.ts'
import { createCommunicationModule, createSinks } from '../communication/index.ts'
import { createPrivacyModule } from '../privacy/index.ts'
import { createRegistrationModule } from './index.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let storage: PostgresStorage
let sinks: ReturnType<typeof createSinks>
let gateways: { smtpUrl: string; smsUrl: string }

beforeAll(async () => {
  database = await createTestDatabase()
  storage = openTestStorage(database.url, { poolSize: 8 })
  sinks = createSinks(storage.prisma)
  gateways = { smtpUrl: await sinks.smtp.start(), smsUrl: await sinks.sms.start() }
})
afterAll(async () => {
  await sinks.smtp.stop()
  await sinks.sms.stop()
  await storage.stop()
  await database.drop()
})

function openBus(
  delays: { remindAfterMs: number; expireAfterMs: number },
  { hasRegistration = true }: { hasRegistration?: boolean } = {},
): TestBus {
  const { processes, deliveries, outbox, handlerSettings } = storage
  const clock = { now: () => new Date() }
  const notHere = () => {
    throw new Error('Nobody edits or replays here.')
  }
  const registration = createRegistrationModule({ processes, delays })
  const events = registration.messages.filter((each) => each.kind === 'event')
  return createTestBus(storage, [
    busModule,
    createAccountsModule({
      ...{ clock, firstAccountIsOperator: false, operatorEmails: [], secret: TEST_SECRET },
      keys: storage.personKeys,
    }),
    createCommunicationModule({ ...gateways, mailFrom: 'waybill@example.com', appUrl: 'http://localhost:3000' }),
    createAuditModule(),
    createPrivacyModule({ clock, keys: storage.personKeys, tables: [] }),
    createInspectorModule({
      ...{ clock, deliveries, outbox, handlerSettings, planEdited: notHere, planReplay: notHere },
      messageOf: () => undefined,
      findHandler: () => ({ alwaysRuns: null }),
    }),
    hasRegistration ? registration : { ...registration, messages: events, subscriptions: [] },
  ])
}

async function signUp({ bus, drain }: TestBus): Promise<string> {
  const userId = newId()
  const person = { userId, name: 'Anna Berg', email: `${userId}@example.com`, phone: null, passwordHash: 'x' }
  await bus.send(CreateUser, person)
  await drain()
  return userId
}

const statusOf = async (userId: string) =>
  (await storage.prisma.process.findUnique({ where: { name_key: { name: 'registration.sign-up', key: userId } } }))
    ?.status
const auditOf = async (userId: string) =>
  (await storage.prisma.auditEntry.findMany({ where: { subjectId: userId } })).map((each) => each.action)
const mailsTo = (userId: string) =>
  storage.prisma.mailboxMessage.findMany({ where: { recipient: `${userId}@example.com` }, orderBy: { id: 'asc' } })

const TIME_OUTS = `
  SELECT d.state FROM deliveries AS d JOIN messages AS m ON m.id = d.message_id
  WHERE m.name = 'registration.time-out-sign-up' AND m.body ->> 'key' = $1 ORDER BY d.state`
const timeOutsOf = async (userId: string) =>
  (await storage.pool.query<{ state: string }>(TIME_OUTS, [userId])).rows.map((each) => each.state)

it('S3: whoever does not confirm is reminded by a real e-mail, whose link confirms and completes the sign-up', async () => {
  const test = openBus({ remindAfterMs: 50, expireAfterMs: 60_000 })
  const userId = await signUp(test)
  const mails = async () => {
    await test.drain()
    return mailsTo(userId)
  }
  await expect.poll(async () => (await mails()).length).toBe(2)
  const [, reminder] = await mails()
  expect(reminder!.subject).toBe('Your e-mail address is not confirmed yet')
  expect(await statusOf(userId)).toBe('running')

  const token = /token=([\w-]+)/.exec(reminder!.text)![1]!
  const confirmation = await findConfirmation(storage.prisma, hashToken(token))
  await test.bus.send(ConfirmEmail, { userId, confirmationId: confirmation!.id })
  await test.drain()
  expect(await statusOf(userId)).toBe('completed')
  expect(await auditOf(userId)).toContain('registration.registration-completed')
  expect(await timeOutsOf(userId)).toEqual(['discarded', 'succeeded'])
  test.stop()
})

it('S7: whoever signed up before there were registrations confirms, and no registration waits for more', async () => {
  const before = openBus({ remindAfterMs: 60_000, expireAfterMs: 60_000 }, { hasRegistration: false })
  const userId = await signUp(before)
  before.stop()
  const test = openBus({ remindAfterMs: 60_000, expireAfterMs: 60_000 })
  const [mail] = await mailsTo(userId)
  const token = /token=([\w-]+)/.exec(mail!.text)![1]!
  const confirmation = await findConfirmation(storage.prisma, hashToken(token))
  await test.bus.send(ConfirmEmail, { userId, confirmationId: confirmation!.id })
  expect(new Set(await test.drain())).toEqual(new Set(['succeeded']))
  expect(await statusOf(userId)).toBeUndefined()
  test.stop()
})

it('S3: whoever never confirms expires, and that is written in the log', async () => {
  const test = openBus({ remindAfterMs: 60_000, expireAfterMs: 50 })
  const userId = await signUp(test)
  await expect.poll(async () => [await test.drain(), await statusOf(userId)].at(-1)).toBe('failed')
  await test.drain()
  expect(await auditOf(userId)).toContain('registration.registration-expired')
  test.stop()
})
