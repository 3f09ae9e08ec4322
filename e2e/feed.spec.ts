/** The feed and the rights to it, on two nodes that share a database and know each other by it alone. */
import pg from 'pg'
import { io, type Socket } from 'socket.io-client'
import type { Changes, Room, Subscribed } from '../src/inspector/model/feed-protocol.ts'
import { createSmtpSink } from '../src/modules/communication/sinks/smtp-sink.ts'
import type { Received } from '../src/modules/communication/store.ts'
import { freePort, OwnApp } from './own-app.ts'
import { test } from './own-app-test.ts'
import { expect, newPerson, type Person } from './people.ts'

const mails: Received[] = []
const mailServer = createSmtpSink(async (mail) => mails.push(mail))
let pool: pg.Pool
/** The one with a mailbox of its own. */
let first: OwnApp
/** The one that hands mail to a real server. */
let second: OwnApp

test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ database }) => {
  pool = new pg.Pool({ connectionString: database.url, max: 4 })
  pool.on('error', () => undefined)
  const env = { DATABASE_URL: database.url, APP_SECRET: 'a secret that both nodes of the test share', FAULTS: '' }
  first = new OwnApp(await freePort(), { ...env, ROLE: 'web' })
  second = new OwnApp(await freePort(), { ...env, SMTP_URL: await mailServer.start() })
  await Promise.all([first.start(), second.start()])
})

test.afterAll(async () => {
  await Promise.all([first.stop(), second.stop()])
  await mailServer.stop()
  await pool.end()
})

interface SignedIn {
  person: Person
  cookie: string
  conversationId: string
}

async function call(app: OwnApp, procedure: string, json: object, cookie = '') {
  const headers = { 'content-type': 'application/json', cookie }
  const response = await fetch(`${app.url}/api/trpc/${procedure}`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ json }),
  })
  const { result } = (await response.json()) as { result?: { data: { json: Record<string, string> } } }
  const session = /waybill-session=[^;]+/.exec(response.headers.get('set-cookie') ?? '')?.[0] ?? ''
  return { status: response.status, answer: result?.data.json, session }
}

async function signUp(app: OwnApp, name?: string): Promise<SignedIn> {
  const person = newPerson(name)
  const json = { ...person, phone: '+49 170 7654321', idempotencyKey: crypto.randomUUID() }
  const { answer, session } = await call(app, 'accounts.signUp', json)
  expect(answer?.outcome).toBe('created')
  return { person, cookie: session, conversationId: answer?.conversationId ?? '' }
}

async function operator(app: OwnApp): Promise<SignedIn> {
  const signedIn = await signUp(app, 'Olga Operator')
  await setRole(signedIn, 'operator')
  return signedIn
}
const setRole = ({ conversationId }: SignedIn, role: string) =>
  pool.query('UPDATE users SET role = $2 WHERE sign_up_conversation_id = $1', [conversationId, role])

/** A socket, everything it was told, and how it ended. */
function connect(app: OwnApp, cookie: string, headers: Record<string, string> = {}) {
  const extraHeaders = { ...(cookie && { cookie }), ...headers }
  const socket: Socket = io(app.url, { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders })
  const frames: unknown[][] = []
  socket.onAny((...frame: unknown[]) => frames.push(frame))
  const ended = new Promise<string>((resolve) => {
    socket.on('disconnect', resolve)
    socket.on('connect_error', ({ message }) => resolve(message))
  })
  const subscribe = (room: Room, since: string | null = null): Promise<Subscribed> =>
    socket.timeout(5_000).emitWithAck('subscribe', room, since)
  const changes = () => frames.flatMap(([name, body]) => (name === 'changes' ? [body as Changes] : []))
  return { socket, frames, ended, subscribe, changes }
}

const ownRoom = ({ conversationId }: SignedIn): Room => ({ room: 'conversation', conversationId })
/** Whether mail and text are sent, and all that was due is done; a reminder waits for its day. */
const SETTLED = `
  SELECT bool_and(d.state IN ('succeeded', 'skipped')) AND count(DISTINCT m.name) FILTER (
    WHERE m.name IN ('communication.sms-sent', 'communication.confirmation-email-sent')) = 2 AS settled
  FROM messages m JOIN deliveries d ON d.message_id = m.id
  WHERE m.conversation_id = $1 AND (d.due_at <= now() OR d.state = 'retrying')`
const untilSettled = (conversationId: string) =>
  expect
    .poll(async () => (await pool.query<{ settled: boolean }>(SETTLED, [conversationId])).rows[0]?.settled, {
      timeout: 30_000,
    })
    .toBe(true)

test('two nodes that start at once on an empty database bring it up once, and both serve', async () => {
  const { rows } = await pool.query('SELECT migration_name FROM _prisma_migrations')
  expect(new Set(rows.map((row) => row.migration_name)).size).toBe(rows.length)
  expect(`${first.output}${second.output}`.match(/bringing the database up to date/g)).toHaveLength(1)
  for (const app of [first, second]) await signUp(app)
})

test('a stranger, and a page of another site, get no socket', async () => {
  const stranger = connect(first, '')
  expect(await stranger.ended).toBe('not-signed-in')
  const forged = connect(first, 'waybill-session=made-up')
  expect(await forged.ended).toBe('not-signed-in')
  const { cookie } = await signUp(first)
  const foreign = connect(first, cookie, { origin: 'https://evil.example' })
  expect(await foreign.ended).toBe('websocket error')
  expect([...stranger.frames, ...forged.frames, ...foreign.frames]).toEqual([])
})

test('a member follows the own conversation alone, and reads nothing personal in it', async () => {
  const [member, other] = [await signUp(first, 'Mia Member'), await signUp(first, 'Otto Other')]
  const feed = connect(first, member.cookie)
  expect(await feed.subscribe({ room: 'live' })).toEqual({ ok: false, reason: 'not-allowed' })
  expect(await feed.subscribe(ownRoom(other))).toEqual({ ok: false, reason: 'not-allowed' })
  expect(await feed.subscribe({ room: 'nonsense' } as unknown as Room)).toEqual({ ok: false, reason: 'not-a-room' })
  const snapshot = await feed.subscribe(ownRoom(member))
  expect(snapshot).toMatchObject({ ok: true, complete: true })
  // Something of each conversation changes: only the own one is told.
  for (const { conversationId } of [other, member]) {
    await pool.query(
      `UPDATE deliveries SET revision = revision + 1 WHERE state = 'succeeded' AND message_id IN (SELECT id FROM messages WHERE conversation_id = $1)`,
      [conversationId],
    )
  }
  await pool.query(`SELECT pg_notify('waybill', 'test')`)
  await expect.poll(() => feed.changes().length).toBeGreaterThan(0)
  const told = feed.changes().flatMap(({ messages, deliveries }) => [...messages, ...deliveries])
  expect(new Set(told.map(({ conversationId }) => conversationId))).toEqual(new Set([member.conversationId]))
  const spoken = JSON.stringify([snapshot, feed.frames])
  for (const { person } of [member, other])
    for (const word of [person.name, person.email, person.password, '1707654321']) expect(spoken).not.toContain(word)
  feed.socket.close()
})

test('who logs out in one tab loses the socket of the other', async () => {
  const member = await signUp(first)
  const [tab, stays] = [connect(first, member.cookie), connect(first, (await signUp(first)).cookie)]
  await Promise.all([tab.subscribe(ownRoom(member)), stays.subscribe({ room: 'live' })])
  await call(first, 'accounts.logOut', {}, member.cookie)
  expect(await tab.ended).toBe('io server disconnect')
  expect(stays.socket.connected).toBe(true)
  expect(await connect(first, member.cookie).ended).toBe('not-signed-in')
  stays.socket.close()
})

test('a session that ends on another node, or by its time, loses its socket too', async () => {
  const [elsewhere, expired] = [await signUp(first), await signUp(first)]
  const sockets = [connect(first, elsewhere.cookie), connect(first, expired.cookie)] as const
  await Promise.all([sockets[0].subscribe(ownRoom(elsewhere)), sockets[1].subscribe(ownRoom(expired))])
  await call(second, 'accounts.logOut', {}, elsewhere.cookie)
  await pool.query(
    `UPDATE sessions SET created_at = now() - interval '2 days', expires_at = now() - interval '1 day'
     WHERE user_id = (SELECT id FROM users WHERE sign_up_conversation_id = $1)`,
    [expired.conversationId],
  )
  expect(await Promise.all(sockets.map(({ ended }) => ended))).toEqual(['io server disconnect', 'io server disconnect'])
})

test('rights are those of this moment: a new operator follows at once, a former one no more', async () => {
  const person = await signUp(first)
  const feed = connect(first, person.cookie)
  expect(await feed.subscribe({ room: 'live' })).toMatchObject({ ok: false })
  await setRole(person, 'viewer')
  expect(await feed.subscribe({ room: 'live' })).toMatchObject({ ok: true })
  await setRole(person, 'member')
  expect(await feed.subscribe({ room: 'live' })).toEqual({ ok: false, reason: 'not-allowed' })
  feed.socket.close()
})

test('who was away is told exactly what was missed, on the other node as well', async () => {
  const { cookie } = await operator(first)
  const before = connect(first, cookie)
  const snapshot = await before.subscribe({ room: 'live' })
  if (!snapshot.ok) throw new Error('refused')
  before.socket.close()
  const people = await Promise.all(Array.from({ length: 5 }, (_, index) => signUp(index % 2 ? first : second)))
  for (const { conversationId } of people) await untilSettled(conversationId)

  const after = connect(second, cookie)
  const caughtUp = await after.subscribe({ room: 'live' }, snapshot.cursor)
  if (!caughtUp.ok) throw new Error('refused')
  const conversations = people.map(({ conversationId }) => conversationId)
  const { rows } = await pool.query<{ message: string; delivery: string; state: string }>(
    `SELECT m.id AS message, d.id AS delivery, d.state FROM messages m JOIN deliveries d ON d.message_id = m.id
     WHERE m.conversation_id = ANY ($1)`,
    [conversations],
  )
  const missed = caughtUp.messages.filter(({ conversationId }) => conversations.includes(conversationId))
  expect(missed.map(({ messageId }) => messageId).sort()).toEqual([...new Set(rows.map((row) => row.message))].sort())
  const told = missed.flatMap(({ deliveries }) => deliveries.map(({ deliveryId, state }) => [deliveryId, state]))
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(rows.map((row) => [row.delivery, row.state])))
  after.socket.close()
})

test('in production, on a database of its own, nobody makes a handler misbehave', async () => {
  const { cookie } = await operator(first)
  const json = { subscription: 'insights.count-sign-up', fault: { mode: 'always' } }
  expect((await call(first, 'inspector.setFault', json, cookie)).status).toBe(403)
  await pool.query(`INSERT INTO faults (subscription, mode) VALUES ('insights.count-sign-up', 'always')`)
  const { conversationId } = await signUp(first)
  await untilSettled(conversationId)
})

test('with a real mail server there is no mailbox; the mail, its link and its Message-ID are real', async ({
  page,
}) => {
  const { person, cookie, conversationId } = await signUp(second)
  expect((await fetch(`${second.url}/mailbox`, { headers: { cookie } })).status).toBe(404)
  const listed = await fetch(`${second.url}/api/trpc/mailbox.list?input=${encodeURIComponent('{"json":{}}')}`)
  expect(listed.status).toBe(404)
  await page.goto(second.url)
  await expect(page.getByRole('link', { name: 'Mailbox' })).toHaveCount(0)

  await expect.poll(() => mails.find(({ recipient }) => recipient === person.email)).toBeDefined()
  const mail = mails.find(({ recipient }) => recipient === person.email)
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM messages WHERE conversation_id = $1 AND name = 'communication.send-confirmation-email'`,
    [conversationId],
  )
  expect(mail?.externalId).toBe(`<${rows[0]?.id}@localhost>`)
  const [link = ''] = /http:\/\/\S+/.exec(mail?.text ?? '') ?? []
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible()
})
