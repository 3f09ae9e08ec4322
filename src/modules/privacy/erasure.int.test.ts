/**
 * Plants a marker in every field a person can fill, uses the account, deletes it, and then looks for the markers in
 * every table, in the log, and in every file of the database's data directory, its write-ahead log among them.
 */
import { execFile } from 'node:child_process'
import { Writable } from 'node:stream'
import { promisify } from 'node:util'
import { createTransport } from 'nodemailer'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId, type ProcessInstance } from '../../bus/index.ts'
import { type ApiStage, openApi } from '../../server/testing/api-stage.ts'
import { AddPasskey } from '../accounts/messages.ts'
import { createSinks } from '../communication/index.ts'
import { MailServer } from '../communication/testing/mail-server.ts'
import { ErasePerson, SetLegalHold } from './messages.ts'
import type { Receipt } from './model/receipt.ts'

const MARK = `zq${newId().slice(-12)}`
/** As a person would type it, in every field. */
const MARKED = {
  name: `Nora ${MARK}name`,
  email: `${MARK}mail@Example.com`,
  phone: '+41791701122',
  password: `${MARK} is quite a long password`,
  device: `Mozilla/5.0 ${MARK}agent`,
  newName: `Nina ${MARK}renamed`,
  newEmail: `${MARK}moved@example.com`,
  newPhone: '+41791701133',
  wrong: `${MARK}wrong@example.com`,
  passkey: `${MARK} on my phone`,
  remembered: `${MARK} was seen at noon`,
}
const WORDS = [MARK, '41791701122', '41791701133']

const open = new AsyncDisposableStack()
let stage: ApiStage
let log = ''

beforeAll(async () => {
  const kept = new Writable({
    write: (chunk, _, done) => {
      log += String(chunk)
      done()
    },
  })
  const server = new MailServer()
  const smtpUrl = await server.start({ options: { onRcptTo: refuse, onData: (...mail) => relay(...mail) } })
  stage = open.use(await openApi({ SMTP_URL: smtpUrl }, pino({ level: 'trace' }, kept)))
  open.defer(() => server.stop())
  const { smtp } = createSinks(stage.app.storage.prisma)
  const transport = createTransport(await smtp.start())
  open.defer(() => smtp.stop())
  relay = (stream, { envelope }, done) => {
    const to = envelope.rcptTo.map(({ address }) => address)
    transport.sendMail({ envelope: { from: MAIL_FROM, to }, raw: stream }, (error) => done(error))
  }
})
afterAll(() => open.disposeAsync())

type ServerOptions = NonNullable<NonNullable<Parameters<MailServer['start']>[0]>['options']>

const MAIL_FROM = 'waybill@example.com'
/** All but what is refused goes on to the built-in mailbox. */
let relay: NonNullable<ServerOptions['onData']>

/** Repeats the address in its refusal, whole and in part, as mail servers do. */
const refuse: NonNullable<ServerOptions['onRcptTo']> = ({ address }, _, done) => {
  if (address.toLowerCase() !== MARKED.newEmail.toLowerCase()) return done()
  const said = `5.7.1 <${address}>: ${address.split('@', 1)[0]} is not let in (to=${encodeURIComponent(address)})`
  done(Object.assign(new Error(said), { responseCode: 550 }))
}

const json = async (response: Response) =>
  ((await response.json()) as { result?: { data: { json: Record<string, unknown> } } }).result?.data.json ?? {}
const rows = async <Row extends object>(text: string, values: unknown[] = []) =>
  (await stage.app.storage.pool.query<Row>(text, values)).rows

async function settled() {
  const open = `SELECT d.subscription, d.state FROM deliveries AS d
    WHERE d.state IN ('pending', 'running', 'retrying') AND d.due_at < now() + interval '1 minute'`
  await expect.poll(() => rows(open), { timeout: 30_000 }).toEqual([])
}

/** All that a person does, with markers in whatever they type. Returns the session. */
async function live(): Promise<{ cookie: string; userId: string }> {
  const { name, email, phone, password, device } = MARKED
  const headers = { 'user-agent': device }
  const form = { name, email, phone, password, idempotencyKey: newId() }
  const signedUp = await stage.call('accounts.signUp', { input: form, headers })
  const cookie = signedUp.headers
    .getSetCookie()
    .map((each) => each.split(';', 1)[0])
    .join('; ')
  const call = async (procedure: string, input?: unknown) =>
    json(await stage.call(procedure, { cookie, input, headers }))
  const { userId } = await call('accounts.me')
  await call('accounts.signUp', { ...form, idempotencyKey: newId() })
  await call('accounts.logIn', { email: MARKED.wrong, password })
  await call('accounts.logIn', { email, password: MARKED.wrong })
  await call('accounts.password.requestReset', { email })
  await call('accounts.password.requestReset', { email: MARKED.wrong })
  await call('accounts.profile.changeName', { name: MARKED.newName })
  await call('accounts.profile.requestConfirmation')
  await call('accounts.profile.requestEmailChange', { email: MARKED.newEmail, password })
  await call('accounts.profile.requestPhoneChange', { phone: MARKED.newPhone })
  await call('accounts.profile.confirmPhone', { code: '000000' })
  await call('communication.setPreferences', {
    ...{ locale: 'de', timeZone: 'Antarctica/Troll', channel: 'sms', consents: ['news'] },
    quietHours: { from: '22:10', until: '06:50' },
  })
  await call('inspector.go', { text: email })
  await addPasskey(String(userId))
  await rememberOf(String(userId))
  await settled()
  return { cookie, userId: String(userId) }
}

async function addPasskey(userId: string) {
  const key = { passkeyId: newId(), credentialId: newId(), publicKey: 'AAAA', counter: 0, transports: [] }
  await stage.app.bus.execute(AddPasskey, { userId, label: MARKED.passkey, ...key })
}

/** As a process of the app would that remembers something of its person. */
async function rememberOf(userId: string) {
  const { unitOfWork, processes } = stage.app.storage
  const [at, context] = [new Date(), { seen: MARKED.remembered }]
  const instance: ProcessInstance = {
    ...{ process: 'test.remembers', key: userId, definitionVersion: 1, version: 1, status: 'running', state: 'open' },
    ...{ context, timers: [], waitingFor: [], conversationId: newId(), subjectId: userId },
    ...{ startedAt: at, changedAt: at, finishedAt: null },
  }
  const step = { at, messagesOut: [], messageIn: { messageId: newId(), name: 'test.seen' } }
  const after = { state: 'open', context }
  await unitOfWork.run((tx) => processes.save(tx, instance, { ...step, version: 1, before: null, after }))
  const next = { ...instance, version: 2 }
  await unitOfWork.run((tx) => processes.save(tx, next, { ...step, version: 2, before: after, after }))
}

const places = async () => {
  const tables = await rows<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const dump = JSON.stringify(await rows(`SELECT t::text FROM "${name}" AS t`)).toLowerCase()
    for (const word of WORDS) if (dump.includes(word.toLowerCase())) found.push(`${name}: ${word}`)
  }
  return found
}

/** Files of the server that hold one of the words. */
async function files(words: readonly string[]): Promise<string[]> {
  await rows('CHECKPOINT')
  const [{ data_directory: directory }] = (await rows('SHOW data_directory')) as [{ data_directory: string }]
  const patterns = words.flatMap((word) => ['-e', word])
  const found = await promisify(execFile)('grep', ['-rliF', ...patterns, directory], { maxBuffer: 1e7 }).catch(
    (error: { code: number }) => {
      // What was there when the search began may be gone when it comes to it.
      if (error.code === 1 || error.code === 2) return { stdout: (error as unknown as { stdout: string }).stdout }
      throw error
    },
  )
  return found.stdout.split('\n').filter(Boolean)
}

test('nothing that a person typed stands in clear anywhere, and after the erasure nobody can read it', {
  timeout: 120_000,
}, async () => {
  const { cookie, userId } = await live()
  expect(await places()).toEqual([])
  // The mail server's refusal is there to be read, but for the address.
  const refused = await rows<{ last_error: string; error: unknown }>(
    `SELECT d.last_error, f.error FROM deliveries AS d JOIN failed_attempts AS f ON f.delivery_id = d.id
     WHERE d.state = 'dead' AND d.fingerprint IS NOT NULL`,
  )
  expect(refused).toHaveLength(1)
  expect(JSON.stringify(refused)).toContain('5.7.1 <••••>: •••• is not let in (to=••••)')

  // They take their data along: it is theirs, in clear, and whole.
  const own = JSON.stringify(await json(await stage.call('privacy.ownData', { cookie })))
  for (const word of [
    MARKED.newName,
    MARKED.email,
    MARKED.phone,
    MARKED.newEmail,
    MARKED.device,
    MARKED.passkey,
    MARKED.remembered,
    'Antarctica/Troll',
  ]) {
    expect(own).toContain(word)
  }
  expect(own).not.toContain(MARKED.password)
  expect(own).not.toContain('argon2')
  expect(own).not.toContain('sealed:')
  const others = JSON.stringify(await json(await stage.call('privacy.ownData', { caller: 'member' })))
  expect(others).not.toContain(MARK)

  // Somebody with the address is found, exactly.
  const hits = await json(await stage.call('inspector.go', { caller: 'viewer', input: { text: MARKED.email } }))
  expect(JSON.stringify(hits)).toContain(userId)

  await stage.app.bus.execute(SetLegalHold, { days: 0, actorId: stage.userIds.operator })
  const wrong = await stage.call('privacy.deleteAccount', { cookie, input: { password: MARKED.wrong } })
  expect(await json(wrong)).toEqual({ outcome: 'wrong-password' })
  const deleted = await stage.call('privacy.deleteAccount', { cookie, input: { password: MARKED.password } })
  expect(await json(deleted)).toEqual({ outcome: 'deleted' })

  // At once: no session, no log-in.
  expect((await stage.call('privacy.ownData', { cookie })).status).toBe(401)
  const { email, password } = MARKED
  const again = await stage.call('accounts.logIn', { input: { email, password } })
  expect(JSON.stringify(await again.json())).toContain('wrong-credentials')

  const receipts = async () =>
    (await json(await stage.call('privacy.receipts', { caller: 'viewer' }))).receipts as Receipt[]
  await expect.poll(async () => (await receipts()).length, { timeout: 60_000 }).toBe(1)
  await settled()
  const [receipt] = await receipts()
  expect(receipt).toMatchObject({ personId: userId })
  const counts = Object.fromEntries(receipt!.places.map(({ table, count }) => [table, count]))
  expect(counts).toMatchObject({ users: 1, person_keys: 1, mailbox_messages: expect.any(Number) })
  // Passkeys and preferences went with the account.
  expect(counts).toMatchObject({ passkeys: 0, recipients: 0, processes: 2, process_revisions: expect.any(Number) })
  expect(counts.messages).toBeGreaterThan(8)
  const done = Object.fromEntries(receipt!.places.map(({ table, what }) => [table, what]))
  expect(done).toMatchObject({
    users: 'rows removed',
    messages: 'made unreadable',
    process_revisions: 'made unreadable',
  })
  expect(done).toMatchObject({ processes: 'emptied and made unreadable', audit_entries: 'kept, under the id alone' })
  expect(JSON.stringify(receipt)).not.toContain(MARK)

  // What stays cannot be opened, and shows as erased.
  const kept = await rows<{ id: string }>(
    `SELECT id FROM messages WHERE subject_id = $1 AND name = 'accounts.user-account-created'`,
    [userId],
  )
  const shown = await stage.call('inspector.payload', { caller: 'operator', input: { id: kept[0]!.id } })
  expect(await shown.text()).toContain('erased')
  expect(await rows('SELECT wrapped_key FROM person_keys WHERE person_id = $1', [userId])).toEqual([
    { wrapped_key: null },
  ])
  expect(await rows('SELECT id FROM users WHERE id = $1', [userId])).toEqual([])
  expect(await rows(`SELECT FROM recipients WHERE user_id = $1 OR time_zone = 'Antarctica/Troll'`, [userId])).toEqual(
    [],
  )
  const about = 'subject_id = $1 AND status = $2'
  expect(await rows(`SELECT FROM processes WHERE ${about}`, [userId, 'running'])).toEqual([])
  const remembers = { caller: 'viewer', input: { name: 'test.remembers', key: userId } } as const
  expect(await (await stage.call('inspector.process', remembers)).text()).toContain('"masked\\":\\"erased')
  const errors = await rows(
    `SELECT d.last_error, f.error ->> 'message' AS message FROM failed_attempts AS f JOIN deliveries AS d ON d.id = f.delivery_id
     JOIN messages AS m ON m.id = d.message_id WHERE m.subject_id = $1`,
    [userId],
  )
  expect(errors).toEqual([{ last_error: 'erased with its person', message: 'erased with its person' }])

  // A second erasure finds nothing to do, and new messages make no new key.
  const body = { userId, deletedAt: new Date().toISOString(), waited: 99 }
  expect((await stage.app.bus.execute(ErasePerson, body)).reply).toEqual({ outcome: 'erased-before' })

  expect(await places()).toEqual([])
  for (const word of WORDS) expect(log.toLowerCase()).not.toContain(word.toLowerCase())
  expect(await files(WORDS)).toEqual([])
  // The search does find what is there.
  expect(await files(['privacy.person-erased'])).not.toEqual([])
})
