import type pg from 'pg'
import { io } from 'socket.io-client'
import type { OwnApp } from './own-app.ts'
import { test as onOwnApp } from './own-app-test.ts'
import { expect, newPerson, type Person } from './people.ts'

const SIGN_UPS = 200
/** Time-outs of days from now are left out: they are for later. */
const OPEN = `
  SELECT count(*)::int AS open FROM deliveries
  WHERE state IN ('pending', 'running') AND due_at <= now() OR state = 'retrying'`

/** The database outlives the app that is killed. */
const test = onOwnApp.extend({
  settings: [
    async ({ database }, use) =>
      use({
        DATABASE_URL: database.url,
        APP_SECRET: 'a secret of the crash test, not to be found',
        FAULTS: 'off',
        LOG_LEVEL: 'debug',
      }),
    { scope: 'worker' },
  ],
})

let app: OwnApp
let pool: pg.Pool
test.beforeAll(({ app: own, pool: toDatabase }) => {
  app = own
  pool = toDatabase
})

interface Mail {
  recipient: string
  text: string
}

async function signUp(person: Person, idempotencyKey: string): Promise<{ outcome: string; cookie: string }> {
  const response = await fetch(`${app.url}/api/trpc/accounts.signUp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ json: { ...person, phone: '', idempotencyKey } }),
  })
  const { result } = (await response.json()) as { result: { data: { json: { outcome: string } } } }
  return { outcome: result.data.json.outcome, cookie: response.headers.get('set-cookie') ?? '' }
}

test('of 200 sign-ups at once, with a kill -9 in the middle, each ends with one user and its e-mail', async () => {
  test.setTimeout(180_000)
  const forms = Array.from({ length: SIGN_UPS }, () => ({ person: newPerson(), key: crypto.randomUUID() }))
  const first = forms.map(({ person, key }) => signUp(person, key).catch(() => null))
  await expect.poll(async () => (await pool.query('SELECT 1 FROM users')).rowCount).toBeGreaterThan(20)
  await app.kill()
  const answered = await Promise.all(first)
  await app.start()
  // Whoever got no answer sends the same form again, as a browser would.
  for (const [index, { person, key }] of forms.entries()) {
    if (answered[index]?.outcome !== 'created')
      expect(['created', 'accepted']).toContain((await signUp(person, key)).outcome)
  }
  await expect.poll(async () => (await pool.query<{ open: number }>(OPEN)).rows[0]?.open, { timeout: 60_000 }).toBe(0)

  const { rows: users } = await pool.query<{ id: string; created: number; mails: number; ids: number }>(
    `SELECT u.id,
            (SELECT count(*)::int FROM messages m WHERE m.name = 'accounts.user-account-created' AND m.subject_id = u.id) AS created,
            count(b.id)::int AS mails, count(DISTINCT b.external_id)::int AS ids
     FROM users u LEFT JOIN mailbox_messages b ON b.person_id = u.id GROUP BY u.id`,
  )
  expect(users).toHaveLength(SIGN_UPS)
  expect(users.filter(({ created }) => created !== 1)).toEqual([])
  // A repeat after an interrupted send has the same Message-ID, and there is at most one.
  expect(users.filter(({ mails, ids }) => mails < 1 || mails > 2 || ids !== 1)).toEqual([])
  const { rows: unsettled } = await pool.query(
    `SELECT state FROM deliveries WHERE state NOT IN ('succeeded', 'skipped') AND due_at <= now()`,
  )
  expect(unsettled).toEqual([])
  // S1, S5: each has one process, which has taken in that the mail was sent, and waits for nothing but its person.
  const { rows: waiting } = await pool.query<{ version: number; owes: string }>(
    `SELECT version, waiting_for #>> '{0,owes,0}' AS owes FROM processes WHERE status = 'running'`,
  )
  expect(waiting).toEqual(Array.from({ length: SIGN_UPS }, () => ({ version: 2, owes: 'the person' })))
})

test('nobody finds a secret in a table, a log line or a frame of the feed', async () => {
  const person = { ...newPerson(), password: 'Korrekt-Pferd-Batterie-7261' }
  const { cookie } = await signUp(person, crypto.randomUUID())
  const session = /waybill-session=([^;]+)/.exec(cookie)?.[1] ?? ''
  expect(session.length).toBeGreaterThan(30)
  const newest = '(SELECT user_id FROM sessions ORDER BY created_at DESC LIMIT 1)'
  await pool.query(`UPDATE users SET role = 'operator' WHERE id = ${newest}`)

  const frames: unknown[] = []
  const socket = io(app.url, { transports: ['websocket'], extraHeaders: { cookie: `waybill-session=${session}` } })
  socket.onAny((...frame: unknown[]) => frames.push(frame))
  const other = { ...newPerson(), password: 'Anders-Pferd-Batterie-9921' }
  frames.push(await socket.emitWithAck('subscribe', { room: 'live' }, null))
  await signUp(other, crypto.randomUUID())
  const mails = async () => {
    const response = await fetch(`${app.url}/api/trpc/mailbox.list?input=${encodeURIComponent('{"json":{}}')}`)
    const { result } = (await response.json()) as { result: { data: { json: { items: Mail[] } } } }
    return result.data.json.items.filter(({ recipient }) => recipient === other.email)
  }
  await expect.poll(async () => (await mails()).length).toBe(1)
  await expect.poll(() => JSON.stringify(frames)).toContain('communication.confirmation-email-sent')
  socket.close()

  const token = /token=([\w-]+)/.exec((await mails())[0]?.text ?? '')?.[1] ?? ''
  expect(token.length).toBeGreaterThan(30)
  const { rows: hashes } = await pool.query<{ password_hash: string }>(
    `SELECT password_hash FROM users WHERE id = ${newest}`,
  )
  const hash = hashes[0]?.password_hash ?? ''
  expect(hash).toContain('$argon2id$')

  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')`,
  )
  for (const { name } of tables) {
    const dump = JSON.stringify((await pool.query(`SELECT t::text FROM "${name}" AS t`)).rows)
    const found = [person.password, other.password, session, token, hash].filter((secret) => dump.includes(secret))
    const allowed = name === 'users' ? [hash] : []
    expect(found, name).toEqual(allowed)
  }
  const spoken = `${app.output}${JSON.stringify(frames)}`
  for (const secret of [person.password, other.password, session, token, hash, other.email, person.name]) {
    expect(spoken).not.toContain(secret)
  }
})
