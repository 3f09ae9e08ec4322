/**
 * Plants a marker in every field a person can fill, uses the account, deletes it, and then looks for the markers in
 * every table, in the log, and in every file of the database's data directory, its write-ahead log among them.
 */
import { execFile } from 'node:child_process'
import { Writable } from 'node:stream'
import { promisify } from 'node:util'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../bus/index.ts'
import { type ApiStage, openApi } from '../../server/testing/api-stage.ts'
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
}
const WORDS = [MARK, '41791701122', '41791701133']

let stage: ApiStage
let log = ''

beforeAll(async () => {
  const kept = new Writable({
    write: (chunk, _, done) => {
      log += String(chunk)
      done()
    },
  })
  stage = await openApi({}, pino({ level: 'trace' }, kept))
})
afterAll(() => stage[Symbol.asyncDispose]())

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
  await call('inspector.go', { text: email })
  await settled()
  return { cookie, userId: String(userId) }
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

  // They take their data along: it is theirs, in clear, and whole.
  const own = JSON.stringify(await json(await stage.call('privacy.ownData', { cookie })))
  for (const word of [MARKED.newName, MARKED.email, MARKED.phone, MARKED.newEmail, MARKED.device]) {
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
  expect(counts.messages).toBeGreaterThan(8)
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

  // A second erasure finds nothing to do, and new messages make no new key.
  const body = { userId, deletedAt: new Date().toISOString(), waited: 99 }
  expect((await stage.app.bus.execute(ErasePerson, body)).reply).toEqual({ outcome: 'erased-before' })

  expect(await places()).toEqual([])
  for (const word of WORDS) expect(log.toLowerCase()).not.toContain(word.toLowerCase())
  expect(await files(WORDS)).toEqual([])
  // The search does find what is there.
  expect(await files(['privacy.person-erased'])).not.toEqual([])
})
