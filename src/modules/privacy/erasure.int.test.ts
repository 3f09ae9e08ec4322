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
import { isSealedText, newId, type ProcessInstance } from '../../bus/index.ts'
import { type ApiStage, type CallOptions, definitionOf, openApi, proceduresOf } from '../../server/testing/api-stage.ts'
import { textFieldsOf, textsOf } from '../../server/testing/typed-texts.ts'
import { mayCall } from '../../web/rights.ts'
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
  link: `${MARK}link`,
  language: `de-${MARK}`,
  timeZone: 'Antarctica/Troll',
  /** As a device would: letters and digits. */
  answer: `${MARK}answer`,
  reason: `${MARK} asked me to`,
}
const NUMBERS = ['41791701122', '41791701133']
const WORDS = [MARK, ...NUMBERS, MARKED.timeZone]

/** Fields that hold no marker, and why what is typed there is of no use to whoever would look for a person. */
const UNMARKED: Readonly<Record<string, string>> = {
  'accounts.profile.confirmPhone code': 'six digits, which stand everywhere by chance',
  'communication.setPreferences quietHours.from': 'a time of day, which stands everywhere by chance',
  'communication.setPreferences quietHours.until': 'a time of day, which stands everywhere by chance',
}

/** Of those who look after the bus. What they type is about it, and is kept as it was typed; people are named by id. */
const OPERATORS_WORDS = [
  ...['reason', 'note', 'owner', 'title', 'name', 'filter', 'json', 'field', 'text'],
  ...['id', 'key', 'range', 'since', 'process', 'subscription', 'fingerprint', 'fingerprints[]', 'paths[]'],
]

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
  const [, family = ''] = MARKED.newName.split(' ')
  const said = `5.7.1 <${address}>: ${address.split('@', 1)[0]} is not let in (to=${encodeURIComponent(address)}), nor is ${family.toUpperCase()}`
  done(Object.assign(new Error(said), { responseCode: 550 }))
}

/** What was typed into every field, so far. */
const typed = new Map<string, string[]>()

function call(procedure: string, options: CallOptions = {}): Promise<Response> {
  for (const [path, text] of textsOf(options.input)) {
    const field = `${procedure} ${path}`
    typed.set(field, [...(typed.get(field) ?? []), text])
  }
  return stage.call(procedure, options)
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
  const { language, timeZone, link: invitation } = MARKED
  const form = { name, email, phone, password, language, timeZone, idempotencyKey: newId() }
  const signedUp = await call('accounts.signUp', { input: form, headers })
  const cookie = signedUp.headers
    .getSetCookie()
    .map((each) => each.split(';', 1)[0])
    .join('; ')
  const act = async (procedure: string, input?: unknown) => json(await call(procedure, { cookie, input, headers }))
  const { userId } = await act('accounts.me')
  await act('accounts.signUp', { ...form, idempotencyKey: newId() })
  await act('accounts.signUp', { ...form, email: MARKED.wrong, invitation, idempotencyKey: newId() })
  await act('accounts.logIn', { email: MARKED.wrong, password })
  await act('accounts.logIn', { email, password: MARKED.wrong })
  await act('accounts.password.requestReset', { email })
  await act('accounts.password.requestReset', { email: MARKED.wrong })
  await act('accounts.profile.changeName', { name: MARKED.newName })
  const misfit = await stage.call('accounts.profile.changeName', { cookie, input: { name: MARKED.newName.repeat(99) } })
  expect(misfit.status).toBe(400)
  expect(misfit.headers.get('content-type')).toBe('application/json; charset=utf-8')
  await act('accounts.profile.requestConfirmation')
  await act('accounts.profile.requestEmailChange', { email: MARKED.newEmail, password })
  await act('accounts.profile.requestPhoneChange', { phone: MARKED.newPhone })
  await act('accounts.profile.confirmPhone', { code: '000000' })
  await act('accounts.password.change', { currentPassword: MARKED.wrong, password })
  await act('accounts.sessions.end', { sessionId: newId(), password })
  await act('communication.setPreferences', {
    ...{ locale: 'de', timeZone, channel: 'sms', consents: ['news'] },
    quietHours: { from: '22:10', until: '06:50' },
  })
  await act('inspector.go', { text: email })
  await lookAtLinks(act)
  await tryPasskeys(act)
  await addPasskey(String(userId))
  await rememberOf(String(userId))
  await settled()
  return { cookie, userId: String(userId) }
}

type Act = (procedure: string, input?: unknown) => Promise<Record<string, unknown>>

/** Links of letters that were mistyped, or sent to somebody else. */
async function lookAtLinks(act: Act) {
  const { link: token, password } = MARKED
  await act('accounts.confirmEmail', { token })
  await act('accounts.invitation', { token })
  await act('accounts.password.canReset', { token })
  await act('accounts.password.reset', { token, password })
}

/** With a device that the app does not know. */
async function tryPasskeys(act: Act) {
  const { answer: marked, wrong: password, passkey: label } = MARKED
  const answer = { id: marked, rawId: marked, type: 'public-key', clientExtensionResults: marked }
  const made = { clientDataJSON: marked, attestationObject: marked, transports: [MARK] }
  const signed = { clientDataJSON: marked, authenticatorData: marked, signature: marked, userHandle: marked }
  await act('accounts.askForNewPasskey', { password })
  await act('accounts.addPasskey', { label, answer: { ...answer, response: made } })
  await act('accounts.logInWithPasskey', { answer: { ...answer, response: signed } })
  await act('accounts.renamePasskey', { passkeyId: newId(), label })
  await act('accounts.removePasskey', { passkeyId: newId(), password })
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

/** What operators do about the person, by the person's own words. */
async function lookAfter(userId: string) {
  const operator = { caller: 'operator' } as const
  await call('accounts.people.find', { ...operator, input: { email: MARKED.email } })
  await call('accounts.people.reveal', { ...operator, input: { userId, reason: MARKED.reason } })
  await call('accounts.people.invite', {
    ...operator,
    input: { email: MARKED.email, role: 'viewer', language: MARKED.language },
  })
  const [message] = await rows<{ id: string }>(
    `SELECT id FROM messages WHERE subject_id = $1 AND name = 'accounts.user-account-created'`,
    [userId],
  )
  const reveal = { messageId: message!.id, field: 'name', reason: MARKED.reason }
  expect((await call('inspector.reveal', { ...operator, input: reveal })).status).toBe(200)
  await settled()
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

/** Columns that are to be sealed, and hold something that is not; of everybody who came in by the app. */
async function inClear(): Promise<string[]> {
  const found: string[] = []
  for (const { table, person, sealed } of stage.app.personalTables) {
    if (typeof person !== 'string') continue
    for (const column of sealed) {
      const values = await rows<{ value: string }>(
        `SELECT "${column}" AS value FROM "${table}" WHERE "${column}" <> ''`,
      )
      if (values.some(({ value }) => !isSealedText(value))) found.push(`${table}.${column}`)
    }
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
  await lookAfter(userId)
  expect(await places()).toEqual([])
  // What is one of a few words is no marker: it is sealed all the same, chosen or not.
  expect(await inClear()).toEqual([])
  // The mail server's refusal is there to be read, but for the address.
  const refused = await rows<{ last_error: string; error: unknown }>(
    `SELECT d.last_error, f.error FROM deliveries AS d JOIN failed_attempts AS f ON f.delivery_id = d.id
     WHERE d.state = 'dead' AND d.fingerprint IS NOT NULL`,
  )
  expect(refused).toHaveLength(1)
  expect(JSON.stringify(refused)).toContain('5.7.1 <••••>: •••• is not let in (to=••••), nor is ••••')

  // They take their data along: it is theirs, in clear, and whole.
  const own = JSON.stringify(await json(await call('privacy.ownData', { cookie })))
  for (const word of [
    MARKED.newName,
    MARKED.email,
    MARKED.phone,
    MARKED.newEmail,
    MARKED.device,
    MARKED.passkey,
    MARKED.remembered,
    MARKED.timeZone,
  ]) {
    expect(own).toContain(word)
  }
  expect(own).not.toContain(MARKED.password)
  expect(own).not.toContain('argon2')
  expect(own).not.toContain('sealed:')
  const others = JSON.stringify(await json(await call('privacy.ownData', { caller: 'member' })))
  expect(others).not.toContain(MARK)

  // Somebody with the address is found, exactly.
  const hits = await json(await call('inspector.go', { caller: 'viewer', input: { text: MARKED.email } }))
  expect(JSON.stringify(hits)).toContain(userId)

  await stage.app.bus.execute(SetLegalHold, { days: 0, actorId: stage.userIds.operator })
  const wrong = await call('privacy.deleteAccount', { cookie, input: { password: MARKED.wrong } })
  expect(await json(wrong)).toEqual({ outcome: 'wrong-password' })
  const deleted = await call('privacy.deleteAccount', { cookie, input: { password: MARKED.password } })
  expect(await json(deleted)).toEqual({ outcome: 'deleted' })

  // At once: no session, no log-in.
  expect((await call('privacy.ownData', { cookie })).status).toBe(401)
  const { email, password } = MARKED
  const again = await call('accounts.logIn', { input: { email, password } })
  expect(JSON.stringify(await again.json())).toContain('wrong-credentials')

  const receipts = async () => (await json(await call('privacy.receipts', { caller: 'viewer' }))).receipts as Receipt[]
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
  const shown = await call('inspector.payload', { caller: 'operator', input: { id: kept[0]!.id } })
  expect(await shown.text()).toContain('erased')
  expect(await rows('SELECT wrapped_key FROM person_keys WHERE person_id = $1', [userId])).toEqual([
    { wrapped_key: null },
  ])
  expect(await rows('SELECT id FROM users WHERE id = $1', [userId])).toEqual([])
  expect(await rows('SELECT FROM recipients WHERE user_id = $1', [userId])).toEqual([])
  const about = 'subject_id = $1 AND status = $2'
  expect(await rows(`SELECT FROM processes WHERE ${about}`, [userId, 'running'])).toEqual([])
  const remembers = { caller: 'viewer', input: { name: 'test.remembers', key: userId } } as const
  expect(await (await call('inspector.process', remembers)).text()).toContain('"masked\\":\\"erased')
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
  // What became of the person's tries to log in is in there.
  expect(log).toContain('accounts.logIn')
  expect(log).toContain('what somebody sent does not fit')
  expect(await files(WORDS)).toEqual([])
  // The search does find what is there.
  expect(await files(['privacy.person-erased'])).not.toEqual([])
})

test('no field in which people can write was left without a marker', () => {
  const fields = proceduresOf(stage.api).flatMap((procedure) =>
    textFieldsOf(definitionOf(stage.api, procedure).inputs).map((path) => ({ procedure, path })),
  )
  const isMarked = (field: string) => typed.get(field)?.some((text) => WORDS.some((word) => isIn(text, word))) ?? false
  const isOperators = (procedure: string, path: string) =>
    !mayCall(procedure, 'member') && OPERATORS_WORDS.some((word) => path === word || path.endsWith(`.${word}`))
  const left = fields
    .filter(({ procedure, path }) => !isMarked(`${procedure} ${path}`) && !isOperators(procedure, path))
    .map(({ procedure, path }) => `${procedure} ${path}`)
  expect(left.toSorted()).toEqual(Object.keys(UNMARKED).toSorted())
  // And they are looked for where there are some.
  expect(fields.length).toBeGreaterThan(80)
})

/** As it was typed, or as its digits. */
function isIn(text: string, word: string): boolean {
  return text.toLowerCase().includes(word.toLowerCase()) || text.replace(/\D/g, '').includes(word)
}
