import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { busModule, newId } from '../../bus/index.ts'
import { createTestBus, type TestBus } from '../../bus/testing/index.ts'
import type { PostgresStorage } from '../../postgres/index.ts'
import { createTestDatabase } from '../../server/database/testing.ts'
import { openTestStorage } from '../../server/testing/test-storage.ts'
import {
  AccountDeleted,
  ConfirmationRequested,
  EmailChanged,
  EmailChangeRequested,
  EmailConfirmed,
  InvitationCreated,
  NameChanged,
  PasskeyAdded,
  PasskeyRemoved,
  PasswordChanged,
  PasswordResetRequested,
  PhoneChanged,
  PhoneChangeRequested,
  RoleChanged,
  UserAccountCreated,
} from '../accounts/messages.ts'
import { createCommunicationModule, createSinks } from './index.ts'
import { AnnounceNews, SendConfirmationReminder, SetPreferences } from './messages.ts'
import { communicationTables } from './personal-tables.ts'
import { MailServer } from './testing/mail-server.ts'
import { SmsProvider } from './testing/sms-provider.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let storage: PostgresStorage

beforeAll(async () => {
  database = await createTestDatabase()
  storage = openTestStorage(database.url, { maxAttemptsOf: () => 8 })
})
afterAll(async () => {
  await storage.stop()
  await database.drop()
})

const validUntil = '2036-01-08T00:00:00.000Z'
const rowsOf = async <Row extends object>(text: string, values: unknown[] = []) =>
  (await storage.pool.query<Row>(text, values)).rows

const ACCOUNTS = [
  ...[UserAccountCreated, EmailConfirmed, ConfirmationRequested, PasswordResetRequested, PasswordChanged],
  ...[EmailChangeRequested, EmailChanged, PhoneChangeRequested, PhoneChanged, NameChanged],
  ...[InvitationCreated, RoleChanged, PasskeyAdded, PasskeyRemoved, AccountDeleted],
]

/** What accounts tells is published by the tests. */
function openBus(gateways: { smtpUrl: string; smsUrl: string }): TestBus & { close(): void } {
  const communication = createCommunicationModule({
    ...gateways,
    mailFrom: 'Waybill <hello@waybill.example>',
    appUrl: 'https://waybill.example',
  })
  const test = createTestBus(storage, [
    busModule,
    { name: 'accounts', messages: ACCOUNTS, subscriptions: [] },
    communication,
  ])
  const close = () => {
    test.stop()
    communication.close()
  }
  return { ...test, close }
}

async function signUp({ bus, drain }: TestBus, more: { phone?: string; language?: string; timeZone?: string } = {}) {
  const userId = newId()
  const { phone = null, ...habits } = more
  const person = { userId, name: 'Anna Berg', email: `${userId}@example.com`, phone, ...habits }
  await bus.publish(UserAccountCreated, { ...person, confirmationToken: 'first-token' })
  await drain()
  return { userId, name: person.name, email: person.email }
}

const stateOf = async (userId: string, name: string) =>
  (
    await rowsOf<{ state: string }>(
      `SELECT d.state FROM deliveries AS d JOIN messages AS m ON m.id = d.message_id
       WHERE m.subject_id = $1 AND d.subscription = $2 ORDER BY m.occurred_at`,
      [userId, name],
    )
  ).map((each) => each.state)
const told = async (userId: string, name: string) =>
  (await rowsOf(`SELECT 1 FROM messages WHERE subject_id = $1 AND name = $2`, [userId, name])).length
/** Nobody waits for the pause that a server asked for. */
const hurry = () => rowsOf(`UPDATE deliveries SET due_at = now(), revision = revision + 1 WHERE state = 'retrying'`)

it('P1: what is sealed has nothing in clear that would stand there where it is left out', async () => {
  for (const { table, sealed } of communicationTables) {
    const text = `SELECT column_name FROM information_schema.columns
      WHERE table_name = $1 AND column_name = ANY ($2) AND column_default IS NOT NULL`
    expect(await rowsOf(text, [table, sealed])).toEqual([])
  }
})

describe('what accounts tells', () => {
  let sinks: ReturnType<typeof createSinks>
  let test: ReturnType<typeof openBus>
  beforeEach(async () => {
    sinks = createSinks(storage.prisma)
    test = openBus({ smtpUrl: await sinks.smtp.start(), smsUrl: await sinks.sms.start() })
  })
  afterEach(async () => {
    test.close()
    await sinks.smtp.stop()
    await sinks.sms.stop()
  })
  const lettersTo = async (recipient: string) =>
    (await storage.prisma.mailboxMessage.findMany({ where: { recipient }, orderBy: { id: 'asc' } })).map((each) => each)

  it('reaches the person in their language, by letter and by text', async () => {
    const anna = await signUp(test, { language: 'de-DE', timeZone: 'Europe/Berlin', phone: '+491701234567' })
    const { publish } = test.bus
    await publish(PasswordResetRequested, { ...anna, resetToken: 'reset-token', validUntil })
    await publish(PasswordChanged, { ...anna, how: 'reset' })
    await publish(PhoneChangeRequested, { userId: anna.userId, phone: '+491709999999', code: '204917', validUntil })
    await test.drain()
    const letters = await lettersTo(anna.email)
    expect(new Set(letters.map((each) => each.subject))).toEqual(
      new Set(['Bitte bestätigen Sie Ihre E-Mail-Adresse', 'Ihr Passwort wurde geändert', 'Neues Passwort wählen']),
    )
    const reset = letters.find((each) => each.text.includes('reset-token'))
    expect(reset?.text).toContain('https://waybill.example/reset?token=reset-token')
    expect(reset?.text).toContain('8. Januar 2036 um 01:00 MEZ')
    expect((await lettersTo('+491709999999')).map((each) => each.text)).toEqual([
      '204917 ist Ihr Waybill-Code. Geben Sie ihn niemandem.',
    ])
    expect((await lettersTo('+491701234567')).map((each) => each.text)).toEqual([
      expect.stringContaining('Willkommen bei Waybill, Anna Berg.'),
    ])
  })

  it('of a new address goes to both, and the new one is kept', async () => {
    const anna = await signUp(test)
    const previousEmail = anna.email
    const email = `new-${anna.email}`
    const change = { ...anna, email, previousEmail }
    await test.bus.publish(EmailChangeRequested, { ...change, confirmationToken: 'token', validUntil })
    await test.bus.publish(EmailChanged, change)
    await test.bus.publish(PasswordChanged, { ...anna, email, how: 'changed' })
    await test.drain()
    expect((await lettersTo(email)).map((each) => each.subject)).toContain('Please confirm your new e-mail address')
    expect((await lettersTo(previousEmail)).map((each) => each.subject)).toEqual(
      expect.arrayContaining(['Your e-mail address is to be changed', 'Your e-mail address was changed']),
    )
    expect(await storage.prisma.recipient.findUnique({ where: { userId: anna.userId } })).toMatchObject({ email })
  })

  it('of a number or a role goes to the address, and warnings to no number that was only given', async () => {
    const anna = await signUp(test, { phone: '+491702222267' })
    const { userId } = anna
    const preferences = { locale: 'en', timeZone: 'UTC', channel: 'sms', quietHours: null } as const
    await test.bus.send(SetPreferences, { userId, ...preferences, consents: [] })
    await test.drain()
    await test.bus.publish(PasswordChanged, { ...anna, how: 'changed' })
    await test.drain()
    expect((await lettersTo('+491702222267')).map((each) => each.text)).toEqual([
      expect.stringContaining('Welcome to Waybill'),
    ])
    await test.bus.publish(PhoneChanged, { userId, phone: '+491702222267', how: 'added' })
    await test.drain()
    const previousPhone = '+491702222267'
    await test.bus.publish(PhoneChanged, { userId, phone: null, how: 'removed', previousPhone })
    await test.bus.publish(RoleChanged, { userId, role: 'viewer', previousRole: 'member', changedBy: newId() })
    await test.drain()
    // The number that it was is told that it is not any more, as an address is.
    expect((await lettersTo(previousPhone)).map((each) => each.text)).toEqual([
      expect.stringContaining('Welcome to Waybill'),
      expect.stringContaining('This number is no longer that of your Waybill account.'),
    ])
    const letters = await lettersTo(anna.email)
    expect(letters.map((each) => each.subject)).toEqual(
      expect.arrayContaining(['Your phone number was added', 'Your phone number was removed', 'Your role was changed']),
    )
    const added = letters.find((each) => each.subject === 'Your phone number was added')
    expect(added?.text).toContain('the one that ends in 67')
    expect(letters.find((each) => each.subject === 'Your role was changed')?.text).toContain('you are a viewer')
  })

  it('invites whoever has never been here, in the language that was chosen', async () => {
    const email = `guest-${newId()}@example.com`
    const invitation = { email, role: 'viewer', invitationToken: 'invite', invitedBy: newId(), validUntil } as const
    await test.bus.publish(InvitationCreated, { userId: newId(), ...invitation })
    await test.bus.publish(InvitationCreated, { userId: newId(), ...invitation, language: 'de' })
    await test.drain()
    const letters = await lettersTo(email)
    expect(letters[0]?.text).toContain('https://waybill.example/signup?invitation=invite')
    expect(new Set(letters.map((each) => each.subject))).toEqual(
      new Set(['You are invited to Waybill', 'Einladung zu Waybill']),
    )
  })

  it('of a deleted account is the last letter, and nothing is kept', async () => {
    const anna = await signUp(test, { language: 'de' })
    const preferences = { locale: 'de', timeZone: 'UTC', channel: 'email', quietHours: null } as const
    await test.bus.send(SetPreferences, { userId: anna.userId, ...preferences, consents: ['tips'] })
    await test.drain()
    await test.bus.publish(AccountDeleted, anna)
    await test.drain()
    expect((await lettersTo(anna.email)).at(-1)?.subject).toBe('Ihr Konto wurde gelöscht')
    for (const table of ['recipients', 'consents', 'last_told']) {
      expect(await rowsOf(`SELECT 1 FROM ${table} WHERE user_id = $1`, [anna.userId])).toEqual([])
    }
    await test.bus.publish(PasskeyAdded, { userId: anna.userId, passkeyId: newId(), label: 'my laptop' })
    await test.drain()
    expect(await told(anna.userId, 'communication.message-withheld')).toBe(1)
  })

  it('goes by text to whoever wants that, and no later than the consent to it', async () => {
    const anna = await signUp(test)
    const preferences = {
      userId: anna.userId,
      locale: 'en',
      timeZone: 'UTC',
      channel: 'sms',
      quietHours: null,
    } as const
    await test.bus.publish(PhoneChanged, { userId: anna.userId, phone: '+491701111111' })
    await test.drain()
    await test.bus.send(SetPreferences, { ...preferences, consents: ['tips', 'news'] })
    await test.drain()
    await test.bus.publish(PasskeyAdded, { userId: anna.userId, passkeyId: newId(), label: 'my laptop' })
    await test.bus.send(AnnounceNews, { en: { headline: 'New', text: 'Something.' }, de: null })
    await test.drain()
    expect((await lettersTo('+491701111111')).map((each) => each.text)).toEqual([
      expect.stringContaining('A passkey was added to your Waybill account.'),
    ])
    const subjects = (await lettersTo(anna.email)).map((each) => each.subject)
    expect(subjects).toEqual(expect.arrayContaining(['Three things worth knowing', 'New']))
    // What warns of somebody else is not turned away by whoever chose texts.
    expect(subjects.filter((each) => each?.includes('passkey'))).toHaveLength(1)

    await test.bus.send(SetPreferences, { ...preferences, consents: [] })
    await test.drain()
    await test.bus.send(AnnounceNews, { en: { headline: 'More', text: 'Something.' }, de: null })
    await test.drain()
    expect((await lettersTo(anna.email)).map((each) => each.subject)).not.toContain('More')
  })

  /** Somebody in whose quiet hours tips fall, and what waits for their end. */
  const inQuietHours = async () => {
    const anna = await signUp(test)
    const now = new Date()
    const clockAt = (ms: number) => new Date(now.getTime() + ms).toISOString().slice(11, 16)
    const quietHours = { from: clockAt(-3_600_000), until: clockAt(3_600_000) }
    const preferences = { userId: anna.userId, locale: 'en', timeZone: 'UTC', channel: 'email', quietHours } as const
    await test.bus.send(SetPreferences, { ...preferences, consents: ['tips'] })
    await test.drain()
    const scheduled = `SELECT d.due_at, m.id FROM deliveries AS d JOIN messages AS m ON m.id = d.message_id
      WHERE m.subject_id = $1 AND m.name = 'communication.tell-person' AND d.state = 'pending'`
    const [waiting] = await rowsOf<{ due_at: Date; id: string }>(scheduled, [anna.userId])
    expect(waiting?.due_at.toISOString().slice(11, 16)).toBe(quietHours.until)
    const endQuietHours = async () => {
      await rowsOf(
        `UPDATE deliveries AS d SET due_at = now(), revision = d.revision + 1 FROM messages AS m
         WHERE m.id = d.message_id AND m.subject_id = $1 AND m.name = 'communication.tell-person' AND d.state = 'pending'`,
        [anna.userId],
      )
      await test.drain()
    }
    return { anna, preferences, endQuietHours }
  }

  it('that waited goes to the address that the person has by then', async () => {
    const { anna, endQuietHours } = await inQuietHours()
    const email = `${newId()}@new.example`
    await test.bus.publish(EmailChanged, { userId: anna.userId, name: 'Anna', email, previousEmail: anna.email })
    await test.drain()
    await rowsOf('UPDATE recipients SET quiet_from = NULL, quiet_until = NULL WHERE user_id = $1', [anna.userId])
    await endQuietHours()
    expect((await lettersTo(email)).map((each) => each.subject)).toEqual(['Three things worth knowing'])
    expect((await lettersTo(anna.email)).map((each) => each.subject)).not.toContain('Three things worth knowing')
  })

  it('of an address that was confirmed since is no reminder any more, and says so', async () => {
    const { anna, endQuietHours } = await inQuietHours()
    const reminder = { confirmationToken: 't', validUntil: new Date(Date.now() + 86_400_000).toISOString() }
    await test.bus.send(SendConfirmationReminder, { ...anna, ...reminder })
    await test.bus.publish(EmailConfirmed, { userId: anna.userId })
    await test.drain()
    await endQuietHours()
    const withheld = await rowsOf<{ kind: string; reason: string }>(
      `SELECT body->>'kind' AS kind, body->>'reason' AS reason FROM messages
       WHERE subject_id = $1 AND name = 'communication.message-withheld'`,
      [anna.userId],
    )
    expect(withheld).toEqual([{ kind: 'confirmation-reminder', reason: 'confirmed-since' }])
    // What was told to nobody is noted nowhere.
    const noted = await rowsOf(`SELECT kind FROM last_told WHERE user_id = $1 ORDER BY kind`, [anna.userId])
    expect(noted).toEqual([])
  })

  it('that can wait waits for the end of quiet hours, and is decided anew then', async () => {
    const { anna, preferences, endQuietHours } = await inQuietHours()

    // Before that time the person changes their mind.
    await test.bus.send(SetPreferences, { ...preferences, consents: [] })
    await test.drain()
    await endQuietHours()
    expect(await told(anna.userId, 'communication.message-withheld')).toBe(1)
    expect((await lettersTo(anna.email)).map((each) => each.subject)).toEqual(['Please confirm your e-mail address'])
  })
})

describe('where mail and texts misbehave', () => {
  let mail: MailServer
  let provider: SmsProvider
  let test: ReturnType<typeof openBus>
  beforeEach(async () => {
    mail = new MailServer()
    provider = await new SmsProvider().start()
    test = openBus({ smtpUrl: await mail.start(), smsUrl: provider.url })
  })
  afterEach(async () => {
    test.close()
    await mail.stop()
    provider.stop()
  })

  it('greylisting is survived: the same letter comes again later', async () => {
    mail.behaviours = [{ recipient: '450 4.2.0 greylisted' }]
    const { userId } = await signUp(test)
    expect(await stateOf(userId, 'communication.send-confirmation-email')).toEqual(['retrying'])
    await hurry()
    await test.drain()
    expect(await stateOf(userId, 'communication.send-confirmation-email')).toEqual(['succeeded'])
    expect(mail.taken).toHaveLength(1)
  })

  it('a refusal for good is dead, for an operator to look at', async () => {
    mail.behaviours = [{ data: '554 5.7.1 we do not like you' }]
    const { userId } = await signUp(test)
    expect(await stateOf(userId, 'communication.send-confirmation-email')).toEqual(['dead'])
  })

  it('an answer that is lost after the mail brings it twice, with one Message-ID', async () => {
    mail.behaviours = ['drops']
    const { userId } = await signUp(test)
    await hurry()
    await test.drain()
    expect(await stateOf(userId, 'communication.send-confirmation-email')).toEqual(['succeeded'])
    expect(mail.taken).toHaveLength(2)
    expect(new Set(mail.taken.map(({ messageId }) => messageId)).size).toBe(1)
    expect(await told(userId, 'communication.confirmation-email-sent')).toBe(1)
  })

  it('a mailbox that is not there gets nothing more, until an address is confirmed', async () => {
    mail.behaviours = [{ recipient: '550 5.1.1 <anna@example.com>: user unknown' }]
    const anna = await signUp(test)
    const { userId } = anna
    expect(await stateOf(userId, 'communication.send-confirmation-email')).toEqual(['succeeded'])
    const suppressed = await storage.prisma.recipient.findUnique({ where: { userId } })
    expect(suppressed).toMatchObject({ emailAnswer: '550 5.1.1', emailSuppressedAt: expect.any(Date) })

    await test.bus.publish(PasswordChanged, { ...anna, how: 'changed' })
    await test.drain()
    expect(await told(userId, 'communication.message-withheld')).toBe(1)
    expect(mail.taken).toHaveLength(0)

    await test.bus.publish(EmailConfirmed, { userId })
    await test.drain()
    await test.bus.publish(PasswordChanged, { ...anna, how: 'changed' })
    await test.drain()
    expect(mail.taken).toHaveLength(1)
  })

  it('a provider that is busy, fails, or forgets to answer sends one text in the end', async () => {
    provider.behaviours = [{ status: 429, headers: { 'retry-after': '30' } }, { status: 500 }, 'takes and drops']
    const { userId } = await signUp(test, { phone: '+491701234567' })
    const [first] = await rowsOf<{ wait: number }>(
      `SELECT extract(epoch FROM due_at - now())::int AS wait FROM deliveries
       WHERE subscription = 'communication.send-sms' AND state = 'retrying'`,
    )
    expect(first?.wait).toBeGreaterThan(20)
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await hurry()
      await test.drain()
    }
    expect(await stateOf(userId, 'communication.send-sms')).toEqual(['succeeded'])
    expect(provider.taken).toHaveLength(1)
  })

  it('a number that cannot be reached gets nothing more', async () => {
    provider.behaviours = [{ status: 400, code: 21_610 }]
    const { userId } = await signUp(test, { phone: '+491701234567' })
    await test.drain()
    expect(await storage.prisma.recipient.findUnique({ where: { userId } })).toMatchObject({ phoneAnswer: '400 21610' })
  })
})
