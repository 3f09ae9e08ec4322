import { io } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../bus/index.ts'
import type { Subscribed } from '../../inspector/model/feed-protocol.ts'
import { type ApiStage, openApi } from '../../server/testing/api-stage.ts'
import { SECRET } from '../../server/testing/node.ts'
import { hashPassword } from './password.ts'
import { hashToken } from './token.ts'

const PASSWORD = 'a long enough password'

let stage: ApiStage
beforeAll(async () => {
  stage = await openApi()
})
afterAll(() => stage[Symbol.asyncDispose]())

async function somebody(role = 'member', { storage } = stage.app) {
  const userId = newId()
  const email = `${userId}@example.com`
  const passwordHash = await hashPassword(PASSWORD)
  await storage.prisma.user.create({
    data: { id: userId, role, email, emailKey: email, name: 'Anna Berg', passwordHash, signUpConversationId: newId() },
  })
  return { userId, email }
}

async function logIn(userId: string): Promise<string> {
  const { token } = await stage.app.sessions.open(
    userId,
    'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Firefox/143.0',
    'password',
  )
  return `waybill-session=${token}`
}

async function ask(procedure: string, cookie: string, input?: unknown) {
  const response = await stage.call(procedure, { cookie, input })
  const answer = (await response.json()) as { result?: { data: { json: Record<string, unknown> } } }
  const fresh = response.headers.getSetCookie().find((each) => each.startsWith('waybill-session='))
  return { status: response.status, answer: answer.result?.data.json, fresh: fresh?.split(';', 1)[0] }
}

const isIn = async (cookie: string) => (await ask('accounts.me', cookie)).answer !== null

test('a change of password gives this browser another token, and ends every other', async () => {
  const { userId } = await somebody()
  const [here, there] = [await logIn(userId), await logIn(userId)]
  const input = { currentPassword: PASSWORD, password: 'quite another long password' }
  const wrong = await ask('accounts.password.change', here, { ...input, currentPassword: 'x' })
  expect(wrong.answer).toEqual({ outcome: 'wrong-password' })
  const { answer, fresh } = await ask('accounts.password.change', here, input)
  expect(answer).toEqual({ outcome: 'changed', endedSessions: 1 })
  expect(fresh).not.toBe(here)
  expect([await isIn(here), await isIn(there), await isIn(fresh ?? '')]).toEqual([false, false, true])
})

test('a common password is refused wherever one is chosen', async () => {
  const { userId } = await somebody()
  const input = { currentPassword: PASSWORD, password: 'password123' }
  expect((await ask('accounts.password.change', await logIn(userId), input)).status).toBe(400)
})

test('the answer to whoever forgot a password is the same for everybody', async () => {
  const { email } = await somebody()
  const known = await ask('accounts.password.requestReset', '', { email })
  const unknown = await ask('accounts.password.requestReset', '', { email: `${newId()}@example.com` })
  expect(known).toEqual(unknown)
  const { rows } = await stage.app.storage.pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM messages WHERE name = 'accounts.request-password-reset'`,
  )
  expect(rows[0]?.count).toBe(2)
})

test('the live connection of a session that is ended elsewhere is cut', async () => {
  const { userId } = await somebody('viewer')
  const [here, there] = [await logIn(userId), await logIn(userId)]
  const socket = io(stage.url, { extraHeaders: { cookie: there }, forceNew: true, reconnection: false })
  const subscribed = (await socket.emitWithAck('subscribe', { room: 'live' }, null)) as Subscribed
  expect(subscribed.ok).toBe(true)
  const cut = new Promise<string>((resolve) => {
    socket.once('disconnect', resolve)
  })
  expect((await ask('accounts.sessions.end', here, { sessionId: null, password: PASSWORD })).answer).toEqual({
    outcome: 'ended',
    ended: 1,
  })
  expect(await cut).toBe('io server disconnect')
  const { answer } = await ask('accounts.sessions.list', here)
  expect(answer).toMatchObject({ sessions: [{ isThis: true, device: { words: 'Firefox on Linux' } }] })
})

test('nobody ends a session of somebody else', async () => {
  const [anna, ben] = [await somebody(), await somebody()]
  const theirs = await logIn(ben.userId)
  const [row] = await stage.app.storage.prisma.session.findMany({ where: { userId: ben.userId } })
  const ended = await ask('accounts.sessions.end', await logIn(anna.userId), { sessionId: row?.id, password: PASSWORD })
  expect(ended.answer).toEqual({ outcome: 'ended', ended: 0 })
  expect(await isIn(theirs)).toBe(true)
})

test('nobody is logged out elsewhere by somebody who does not know the password', async () => {
  const { userId } = await somebody()
  const [here, there] = [await logIn(userId), await logIn(userId)]
  const { answer } = await ask('accounts.sessions.end', here, { sessionId: null, password: 'not my password' })
  expect(answer).toEqual({ outcome: 'wrong-password' })
  expect((await ask('accounts.sessions.end', here, { sessionId: null })).status).toBe(400)
  expect(await isIn(there)).toBe(true)
  await ask('accounts.logOut', here)
  expect(await isIn(here)).toBe(false)
})

test('whoever logs out, or in anew in the same browser, is out at once, and reads so in their history', async () => {
  const { userId, email } = await somebody()
  const first = await logIn(userId)
  const { fresh = '' } = await ask('accounts.logIn', first, { email, password: PASSWORD })
  expect([await isIn(first), await isIn(fresh)]).toEqual([false, true])
  const out = await ask('accounts.logOut', fresh)
  expect([out.fresh, await isIn(fresh)]).toEqual(['waybill-session=', false])
  // Two clicks, or an old page: nobody is in any more.
  expect((await ask('accounts.logOut', fresh)).status).toBe(200)
  const { answer } = await ask('accounts.me', fresh)
  expect(answer).toBeNull()
  const events = () =>
    stage.app.storage.pool.query<{ action: string; details: { why?: string } }>(
      `SELECT action, details FROM audit_entries WHERE subject_id = $1 AND action = 'accounts.logged-out' ORDER BY at`,
      [userId],
    )
  await expect
    .poll(async () => (await events()).rows.map(({ details }) => details.why))
    .toEqual(['another-log-in', 'log-out'])
  const history = await ask('history.mine', await logIn(userId), { before: null })
  expect(JSON.stringify(history.answer)).toContain('You logged out')
})

test('whoever logs out while nobody handles messages is out all the same, and it is written down later', async () => {
  await using slow = await openApi({ ROLE: 'web', DATABASE_URL: 'postgresql://elsewhere/waybill', APP_SECRET: SECRET })
  const { userId } = await somebody('member', slow.app)
  const { token } = await slow.app.sessions.open(userId, 'a browser', 'password')
  const cookie = `waybill-session=${token}`
  const out = await slow.call('accounts.logOut', { cookie })
  expect([out.status, out.headers.getSetCookie()[0]?.split(';', 1)[0]]).toEqual([200, 'waybill-session='])
  expect(await (await slow.call('accounts.me', { cookie })).json()).toMatchObject({ result: { data: { json: null } } })
  const { rows } = await slow.app.storage.pool.query(
    `SELECT d.state FROM deliveries AS d JOIN messages AS m ON m.id = d.message_id WHERE m.name = 'accounts.close-session'`,
  )
  expect(rows).toEqual([{ state: 'pending' }])
})

test('an operator ends all log-ins of somebody, which is written down with who did it', async () => {
  const [olga, vera, anna] = [await somebody('operator'), await somebody('viewer'), await somebody()]
  const [operator, viewer] = [await logIn(olga.userId), await logIn(vera.userId)]
  const theirs = [await logIn(anna.userId), await logIn(anna.userId)]
  const end = (cookie: string, userId: string) => ask('accounts.people.endSessions', cookie, { userId })
  expect((await end(viewer, anna.userId)).status).toBe(403)
  expect((await end(operator, olga.userId)).answer).toEqual({ outcome: 'oneself' })
  expect(await Promise.all([operator, ...theirs].map(isIn))).toEqual([true, true, true])
  expect((await end(operator, anna.userId)).answer).toEqual({ outcome: 'ended', ended: 2 })
  expect(await Promise.all(theirs.map(isIn))).toEqual([false, false])
  expect((await end(operator, anna.userId)).answer).toEqual({ outcome: 'ended', ended: 0 })
  const entries = () =>
    stage.app.storage.prisma.auditEntry.findMany({
      where: { action: 'accounts.sessions-ended', subjectId: anna.userId },
      select: { actorId: true, details: true },
    })
  await expect.poll(entries).toEqual([{ actorId: olga.userId, details: { count: 2, byOperator: true } }])
})

test('operators see who there is, and an address only for a reason that is kept', async () => {
  const [olga, anna] = [await somebody('operator'), await somebody()]
  const operator = await logIn(olga.userId)
  const listed = JSON.stringify((await ask('accounts.people.list', operator)).answer)
  expect(listed).toContain(anna.userId)
  expect(listed).not.toContain(anna.email)
  const found = await ask('accounts.people.find', operator, { email: anna.email })
  expect(found.answer).toMatchObject({ person: { userId: anna.userId, maskedEmail: expect.stringContaining('••••@') } })
  const reveal = (reason: string, userId = anna.userId) => ask('accounts.people.reveal', operator, { userId, reason })
  expect((await reveal('  no  ')).status).toBe(400)
  expect((await reveal('Anna called')).answer).toEqual({ email: anna.email })
  expect(
    (
      await reveal(
        'Nobody called',
        olga.userId.replace(/^./, (first) => (first === '0' ? '1' : '0')),
      )
    ).answer,
  ).toEqual({ email: null })
  const entry = () =>
    stage.app.storage.prisma.auditEntry.findFirst({
      where: { action: 'accounts.address-revealed', subjectId: anna.userId },
    })
  await expect.poll(entry).toMatchObject({ actorId: olga.userId, details: { field: 'address' } })
  expect(JSON.stringify((await entry())?.details)).not.toContain('called')
})

test('whoever is given another role has to log in again, and an operator who gives it up stays in without it', async () => {
  const [olga, anna] = [await somebody('operator'), await somebody()]
  const [operator, member] = [await logIn(olga.userId), await logIn(anna.userId)]
  const changeRole = (userId: string, role: string) => ask('accounts.people.changeRole', operator, { userId, role })
  expect((await changeRole(anna.userId, 'viewer')).answer).toEqual({ outcome: 'changed' })
  expect(await isIn(member)).toBe(false)
  const { fresh = '' } = await changeRole(olga.userId, 'member')
  expect((await ask('accounts.me', fresh)).answer).toMatchObject({ role: 'member' })
  expect((await ask('accounts.people.list', fresh)).status).toBe(403)
  expect(await isIn(operator)).toBe(false)
})

test('people read their own history, page by page, and nobody else’s', async () => {
  const [anna, ben] = [await somebody(), await somebody()]
  const cookie = await logIn(anna.userId)
  const { prisma } = stage.app.storage
  const entry = (subjectId: string, action: string, at: Date) =>
    prisma.auditEntry.create({ data: { id: newId(), at, action, subjectId, actorId: subjectId, details: {} } })
  // Thirty at one instant: the page must not end between them and lose the rest.
  const at = new Date('2026-01-01')
  for (let each = 0; each < 35; each += 1) await entry(anna.userId, 'accounts.email-confirmed', at)
  await entry(ben.userId, 'accounts.name-changed', at)
  await ask('accounts.profile.changeName', cookie, { name: 'Anna Tal' })
  type Page = { items: { id: string; words: string }[]; next: { at: string; id: string } | null }
  const read = async (before: Page['next']) => (await ask('history.mine', cookie, { before })).answer as Page
  await expect.poll(async () => (await read(null)).items[0]?.words).toBe('You changed your name to Anna Tal.')
  const first = await read(null)
  const second = await read(first.next)
  expect([first.items.length, second.items.length, second.next]).toEqual([30, 6, null])
  expect(new Set([...first.items, ...second.items].map((each) => each.id)).size).toBe(36)
})

test('an invitation shows whom it is for to its holder alone, and joins nobody with another address', async () => {
  const olga = await somebody('operator')
  const cookie = await logIn(olga.userId)
  const email = `${newId()}@example.com`
  expect((await ask('accounts.people.invite', cookie, { email, role: 'viewer', language: 'en' })).answer).toEqual({
    outcome: 'invited',
  })
  expect((await ask('accounts.invitation', '', { token: 'not a token' })).answer).toBeNull()
  const { answer } = await ask('accounts.people.invitations', cookie)
  expect(answer).toMatchObject({ invitations: [{ email, role: 'viewer' }] })
  const form = { name: 'Eve', password: PASSWORD, phone: '', idempotencyKey: crypto.randomUUID() }
  const other = { ...form, email: `${newId()}@evil.example`, invitation: 'not a token' }
  expect((await ask('accounts.signUp', '', other)).answer).toEqual({ outcome: 'invitation-expired' })
})

test('an invited sign-up that is sent again gets its first answer, though the invitation is used up', async () => {
  const olga = await somebody('operator')
  const form = newForm()
  const invite = { email: form.email, role: 'viewer', language: 'en' }
  await ask('accounts.people.invite', await logIn(olga.userId), invite)
  const [token, emailKey] = [`invitation ${newId()}`, form.email]
  const { prisma } = stage.app.storage
  await prisma.invitation.update({ where: { emailKey }, data: { tokenHash: hashToken(token) } })
  const first = await ask('accounts.signUp', '', { ...form, invitation: token })
  expect(first.answer).toMatchObject({ outcome: 'created' })
  const again = await ask('accounts.signUp', '', { ...form, invitation: token })
  expect(again.answer).toEqual(first.answer)
  expect((await ask('accounts.me', again.fresh ?? '')).answer).toMatchObject({ role: 'viewer', emailConfirmed: true })
  const other = { ...newForm(), invitation: token }
  expect((await ask('accounts.signUp', '', other)).answer).toEqual({ outcome: 'invitation-expired' })
})

const newForm = () => ({
  ...{ name: 'Ida', email: `${newId()}@example.com`, password: PASSWORD, phone: '' },
  idempotencyKey: crypto.randomUUID(),
})

const sessionsOf = async (emailKey: string) => {
  const { prisma } = stage.app.storage
  const { id } = await prisma.user.findUniqueOrThrow({ where: { emailKey } })
  return prisma.session.count({ where: { userId: id } })
}

test('whoever signs up is logged in by the very commit that made the account', async () => {
  const form = newForm()
  const { answer, fresh } = await ask('accounts.signUp', '', form)
  expect(answer).toMatchObject({ outcome: 'created' })
  expect([await isIn(fresh ?? ''), await sessionsOf(form.email)]).toEqual([true, 1])
})

test('a form that is sent again lets in whoever knows its password, and makes no second account', async () => {
  const form = newForm()
  const first = await ask('accounts.signUp', '', form)
  const again = await ask('accounts.signUp', '', form)
  expect(again.answer).toEqual(first.answer)
  expect(again.fresh).not.toBe(first.fresh)
  expect([await isIn(first.fresh ?? ''), await isIn(again.fresh ?? '')]).toEqual([true, true])
  const guessed = await ask('accounts.signUp', '', { ...form, password: 'another long password' })
  expect(guessed.answer).toEqual({ outcome: 'email-taken' })
  expect(guessed.fresh).toBeUndefined()
})

test('whose account takes its time is logged in once it is there, and has one session', async () => {
  const holder = await stage.app.storage.pool.connect()
  await holder.query('BEGIN')
  await holder.query('LOCK TABLE users IN SHARE MODE')
  const form = newForm()
  const response = await stage.call('accounts.signUp', { input: form })
  const cookies = response.headers.getSetCookie().map((each) => each.split(';', 1)[0])
  const cookie = cookies.join('; ')
  const again = await stage.call('accounts.signUp', { input: form })
  expect(again.headers.getSetCookie()).toEqual([])
  const complete = async () => (await ask('accounts.completeSignUp', cookie)).answer
  expect(await complete()).toEqual({ outcome: 'pending' })
  expect(await isIn(cookie)).toBe(false)
  await holder.query('COMMIT')
  holder.release()
  await expect.poll(complete).toEqual({ outcome: 'signed-in' })
  expect([await isIn(cookie), await sessionsOf(form.email)]).toEqual([true, 1])
})
