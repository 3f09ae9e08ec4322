/**
 * Plants known values and looks for them in everything that is kept, said or shown: in every table, in the log at its
 * most talkative, in every frame an operator receives, in every page and answer. The mail server is one that repeats
 * what it was given in its refusal, as some do.
 */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import type pg from 'pg'
import { io } from 'socket.io-client'
import { expectAccessible } from './accessible.ts'
import type { OwnApp } from './own-app.ts'
import { test as onOwnApp } from './own-app-test.ts'
import { expect, fillSignUp, newPerson, type Person } from './people.ts'

let pool: pg.Pool
let app: OwnApp
/** Bodies of all answers and pages; headers, where cookies are, stand apart. */
const shown: string[] = []
const cookies: string[] = []
const mails: string[] = []

const test = onOwnApp.extend({
  settings: [
    async ({ database }, use) => {
      const mailServer = createServer(talkativeMailServer).listen(0, '127.0.0.1')
      await once(mailServer, 'listening')
      const { port } = mailServer.address() as AddressInfo
      mailServer.unref()
      await use({
        DATABASE_URL: database.url,
        APP_SECRET: 'a secret of the test of secrets, not to be found',
        SMTP_URL: `smtp://127.0.0.1:${port}`,
        FAULTS: 'on',
        LOG_LEVEL: 'trace',
      })
    },
    { scope: 'worker' },
  ],
})

test.beforeAll(({ app: own, pool: toDatabase }) => {
  app = own
  pool = toDatabase
})

/** Refuses each mail once, with all of it in the refusal; takes it the second time. At `gone…` there is nobody. */
function talkativeMailServer(socket: Socket): void {
  let text = ''
  let isMail = false
  socket.setEncoding('utf8').on('error', () => undefined)
  socket.write('220 talkative\r\n')
  socket.on('data', (chunk: string) => {
    text += chunk
    if (isMail && text.endsWith('\r\n.\r\n')) {
      const mail = text.replace(/=\r\n/g, '').replaceAll('=3D', '=')
      mails.push(mail)
      const id = /Message-ID: (\S+)/i.exec(mail)?.[1] ?? ''
      const isFirst = mails.filter((each) => each.includes(id)).length === 1
      socket.write(isFirst ? `450 Not now: ${mail.replace(/[\r\n]+/g, ' ')}\r\n` : '250 taken\r\n')
    } else if (!isMail && text.endsWith('\r\n')) {
      isMail = /^DATA/i.test(text)
      if (/^RCPT TO:<gone/i.test(text)) socket.write('550 5.1.1 nobody there\r\n')
      else socket.write(isMail ? '354 go on\r\n' : '250 fine\r\n')
    } else return
    if (text.endsWith('\r\n.\r\n')) isMail = false
    text = ''
  })
}

async function call(procedure: string, json: object, cookie = ''): Promise<Record<string, string>> {
  const response = await fetch(`${app.url}/api/trpc/${procedure}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ json }),
  })
  const body = await response.text()
  shown.push(body)
  cookies.push(...response.headers.getSetCookie())
  return (JSON.parse(body) as { result?: { data: { json: Record<string, string> } } }).result?.data.json ?? {}
}

async function look(place: string, cookie: string): Promise<void> {
  const response = await fetch(`${app.url}${place}`, { headers: { cookie } })
  expect(response.ok, place).toBe(true)
  shown.push(await response.text())
}

/** Whoever gets in is given a cookie for the device, too. */
const newestSession = () => cookies.findLast((each) => each.startsWith('waybill-session='))?.split(';', 1)[0] ?? ''

const signUp = async (person: Person) => {
  const answer = await call('accounts.signUp', {
    ...person,
    phone: '+491701122334',
    idempotencyKey: crypto.randomUUID(),
  })
  expect(answer.outcome).toBe('created')
  return { conversationId: answer.conversationId ?? '', cookie: newestSession() }
}

const rowsOf = async <Row extends object>(text: string, values: unknown[] = []) =>
  (await pool.query<Row>(text, values)).rows

test('nobody finds a password, a hash or a token, whatever goes wrong', async () => {
  test.setTimeout(90_000)
  const olga = { ...newPerson('Olga Operatorin'), password: 'Olgas-Pferd-Batterie-5512' }
  const anna = { ...newPerson('Anna Auffindbar'), password: 'Annas-Pferd-Batterie-7261' }
  const wrong = 'Falsches-Pferd-Batterie-3387'
  const operator = await signUp(olga)
  await pool.query(`UPDATE users SET role = 'operator'`)
  const frames: unknown[] = []
  const socket = io(app.url, { transports: ['websocket'], extraHeaders: { cookie: operator.cookie } })
  socket.onAny((...frame: unknown[]) => frames.push(frame))
  frames.push(await socket.emitWithAck('subscribe', { room: 'live' }, null))

  // A sign-up whose handlers fail in several ways, one of them for good.
  const fault = { mode: 'always' }
  await call('inspector.setFault', { subscription: 'insights.count-sign-up', fault }, operator.cookie)
  const { conversationId, cookie } = await signUp(anna)
  frames.push(await socket.emitWithAck('subscribe', { room: 'conversation', conversationId }, null))
  const sent = `SELECT 1 AS one FROM messages WHERE conversation_id = $1 AND name = 'communication.confirmation-email-sent'`
  // The mail server has said "not now": the mail would come again in a minute, for which nobody waits here.
  const hurry = `UPDATE deliveries SET due_at = now(), revision = revision + 1
    WHERE state = 'retrying' AND subscription = 'communication.send-confirmation-email'`
  const countSent = async () => {
    await pool.query(hurry)
    return (await rowsOf(sent, [conversationId])).length
  }
  await expect.poll(countSent, { timeout: 20_000 }).toBe(1)
  const dead = `SELECT d.id FROM deliveries d JOIN messages m ON m.id = d.message_id WHERE d.state = 'dead' AND m.conversation_id = $1`
  await expect.poll(async () => (await rowsOf(dead, [conversationId])).length, { timeout: 40_000 }).toBe(1)
  const [{ id: deliveryId }] = (await rowsOf<{ id: string }>(dead, [conversationId])) as [{ id: string }]
  await call('inspector.discard', { deliveryId, reason: 'Counted by hand' }, operator.cookie)
  await call('inspector.restore', { deliveryId }, operator.cookie)
  await call('inspector.retry', { deliveryId }, operator.cookie)

  // What people do wrong, and right.
  await call('accounts.signUp', { ...anna, name: '', phone: '', idempotencyKey: crypto.randomUUID() })
  await call('accounts.signUp', { ...anna, phone: '', idempotencyKey: crypto.randomUUID() })
  await call('accounts.logIn', { email: anna.email, password: wrong })
  await call('accounts.logIn', { email: `${wrong}`, password: anna.password })
  expect(await call('accounts.logIn', anna)).toEqual({ outcome: 'signed-in' })
  const again = newestSession()
  const token = /token=([\w-]+)/.exec(mails.find((mail) => mail.includes(anna.email)) ?? '')?.[1] ?? ''
  await call('accounts.confirmEmail', { token: `${token}x` })
  expect(await call('accounts.confirmEmail', { token })).toEqual({ outcome: 'confirmed' })
  await call('accounts.logOut', {}, again)

  // Every page of it, for those who may see it.
  await look('/welcome', cookie)
  await look('/inspector/live', operator.cookie)
  await look(`/inspector/c/${conversationId}`, operator.cookie)
  for (const { id } of await rowsOf<{ id: string }>('SELECT id FROM messages'))
    await look(`/inspector/m/${id}`, operator.cookie)
  await expect.poll(() => JSON.stringify(frames)).toContain('accounts.email-confirmed')
  socket.close()

  const hashes = await rowsOf<{ password_hash: string }>('SELECT password_hash FROM users')
  const passwords = [olga.password, anna.password, wrong]
  const tokens = cookies.flatMap((each) => /waybill-session=([\w-]+)/.exec(each)?.[1] ?? [])
  const hashed = hashes.map(({ password_hash }) => password_hash)
  expect([new Set(tokens).size, token.length, hashed.length]).toEqual([3, 43, 2])
  for (const each of hashed) expect(each).toContain('$argon2id$')
  const secrets = [...passwords, ...tokens, token, ...hashed]
  const personal = [anna.name, anna.email, '1701122334']

  const tables = await rowsOf<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')`,
  )
  const dumps = new Map<string, string>()
  for (const { name } of tables) dumps.set(name, JSON.stringify(await rowsOf(`SELECT t::text FROM "${name}" AS t`)))
  for (const [name, dump] of dumps) {
    const found = secrets.filter((secret) => dump.includes(secret))
    expect(found.sort(), name).toEqual(name === 'users' ? [...hashed].sort() : [])
    for (const word of personal) expect(dump, name).not.toContain(word)
  }
  // There was something to find: the refusal is kept, with what it gave away struck out.
  expect(dumps.get('attempts')).toMatch(/450 Not now: .*••••/)
  expect(dumps.get('audit_entries')).toContain('inspector.fault-changed')

  for (const [place, said] of Object.entries({
    log: app.output,
    frames: JSON.stringify(frames),
    pages: shown.join('\n'),
  })) {
    expect(
      secrets.filter((secret) => said.includes(secret)),
      place,
    ).toEqual([])
    if (place !== 'pages') for (const word of personal) expect(said, place).not.toContain(word)
  }
  expect(app.output).toContain('"an attempt failed"')
  expect(app.output).toContain('"delivered"')
})

test('whose letters come back is told so, and is written to again once an address is confirmed', async ({
  browser,
}) => {
  const page = await browser.newPage({ baseURL: app.url })
  const person = newPerson('Anna Unauffindbar')
  const next = newPerson()
  const gone = { ...person, email: `gone-${person.email}` }
  await fillSignUp(page, gone)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.waitForURL('**/welcome')
  const notice = page.getByText('Our letters come back.')
  await expect(async () => {
    await page.goto('/account/messages')
    await expect(notice).toBeVisible({ timeout: 500 })
  }).toPass()
  await expect(page.getByText('said that nobody gets mail there (550 5.1.1)')).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('link', { name: 'give us another address' }).click()
  await page.getByRole('button', { name: 'Change address' }).click()
  await page.getByLabel('New email').fill(next.email)
  await page.getByLabel('Your password').fill(person.password)
  await page.getByRole('button', { name: 'Send the link' }).click()
  const tokenOf = () => /token=([\w-]+)/.exec(mails.find((mail) => mail.includes(next.email)) ?? '')?.[1]
  await expect.poll(tokenOf).toBeDefined()
  await page.goto(`/confirm?token=${tokenOf()}`)
  await expect(page.getByRole('heading', { name: 'Your new address is confirmed' })).toBeVisible()
  await expect(async () => {
    await page.goto('/account/messages')
    await expect(page.getByRole('region', { name: 'Where we write' })).toContainText(next.email, { timeout: 500 })
  }).toPass()
  await expect(notice).toBeHidden()
})
