/** People and programs that write what breaks pages: markup, other directions, what cannot be seen, far too much. */
import type { Browser, Page } from '@playwright/test'
import type pg from 'pg'
import { openNewest } from './inspector.ts'
import type { OwnApp } from './own-app.ts'
import { test } from './own-app-test.ts'
import { expect, newPerson, OPERATOR, signUp } from './people.ts'

/** Turned around from its middle on, with a picture that would be fetched, and no place to break a line. */
const NAME = `<img src="smuggled">"'&{{7*7}} مريم \u202e\u2066שרה\u200b👩🏽‍🚀${'W'.repeat(45)}`
const LONG = `<script>window.stolen = 1</script><img src="smuggled">\u202eevil\u200b\u0007\u001b[31m مريم 😀 ${'x'.repeat(10_000)}`
const MARKS = ['U+202E', 'U+200B', '␛']

test.describe.configure({ mode: 'serial' })
test.use({ settings: { FAULTS: 'on' } })

let app: OwnApp
let pool: pg.Pool
let operator: Page

test.beforeAll(async ({ browser, app: own, pool: toDatabase }) => {
  app = own
  pool = toDatabase
  operator = await openPage(browser)
  await signUp(operator, OPERATOR)
})
test.afterAll(() => operator.context().close())

async function openPage(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: app.url, viewport: PHONE })).newPage()
  page.on('dialog', (dialog) => void dialog.dismiss().then(() => Promise.reject(new Error('a dialog opened'))))
  return page
}

const PHONE = { width: 390, height: 844 }
const DESK = { width: 1440, height: 900 }

/** Whatever was written: it made no element, and nothing reaches out of the page. */
async function expectTame(page: Page): Promise<void> {
  await expect(page.locator('img[src="smuggled"]')).toHaveCount(0)
  expect(await page.evaluate(() => (window as { stolen?: number }).stolen)).toBeUndefined()
  for (const viewport of [DESK, PHONE]) {
    await page.setViewportSize(viewport)
    const { width, widest } = await page.evaluate(() => ({
      width: window.innerWidth,
      widest: document.documentElement.scrollWidth,
    }))
    expect(widest, `${page.url()} at ${viewport.width} px`).toBeLessThanOrEqual(width)
  }
}

test('a person of any name sees it as they wrote it, and nothing beside it is turned around', async ({ browser }) => {
  const page = await openPage(browser)
  await signUp(page, newPerson(NAME), '+49 170 7654321')
  const heading = page.getByRole('heading', { level: 1 })
  await expect(heading).toHaveText(`Welcome, ${NAME}`)
  await expect(page.getByRole('main')).toContainText('E-mail sent')
  await expectTame(page)
  await page.setViewportSize(DESK)
  const name = page.getByRole('banner').getByText(NAME)
  await expect(name).toBeVisible()
  expect(await name.evaluate((element) => getComputedStyle(element).unicodeBidi)).toBe('isolate')
  await expect(page.getByRole('button', { name: 'Log out' })).toBeVisible()
  for (const place of ['/account', '/account/security', '/account/sessions', '/account/history', '/mailbox', '/']) {
    await page.goto(place)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expectTame(page)
  }
  await page.context().close()
})

test('the letter to such a person has the name as text, and no header that the name has written', async ({
  browser,
}) => {
  const page = await openPage(browser)
  const person = newPerson(NAME)
  await signUp(page, person)
  await expect(page.getByRole('main')).toContainText('E-mail sent')
  await page.goto('/mailbox')
  await page
    .getByRole('list', { name: 'Received' })
    .getByRole('button')
    .filter({ hasText: person.email })
    .first()
    .click()
  const letter = page.frameLocator('iframe')
  await expect(letter.getByText(NAME.slice(0, 20)).first()).toBeVisible()
  await expect(letter.locator('img[src="smuggled"]')).toHaveCount(0)
  await expect(page.getByRole('article').getByRole('heading')).not.toContainText('smuggled')
  await expectTame(page)
  await page.context().close()
})

test('a name with a control character is refused in words, in the form and by the server', async ({ browser }) => {
  const page = await openPage(browser)
  await page.goto('/signup')
  await page.getByLabel('Name').fill('An\u0007na')
  await page.getByLabel('Name').blur()
  await expect(page.getByText('There is a control character in it.')).toBeVisible()
  for (const name of ['An\0na', 'An\ud83dna', 'An\u001bna', '\u200b\u200b']) {
    const json = { ...newPerson(name), phone: '', idempotencyKey: crypto.randomUUID() }
    const answer = await page.request.post('/api/trpc/accounts.signUp', { data: { json } })
    expect(answer.status(), JSON.stringify(name)).toBe(400)
    expect(await answer.text()).toMatch(/cannot be kept|control character|can be seen/)
  }
  await page.context().close()
})

test('no text of an operator brings a fault, and none of them finds anything, whatever it consists of', async () => {
  const ask = (procedure: string, json: object) =>
    operator.evaluate(
      async (url) => {
        const response = await fetch(url)
        return { status: response.status, ...((await response.json()) as { result?: { data: { json: unknown } } }) }
      },
      `/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify({ json }))}`,
    )
  const questions = (text: string) =>
    [
      ['inspector.go', { text }, []],
      ['inspector.key', { key: text }, expect.objectContaining({ key: text, messages: [], processes: [] })],
      ['inspector.search', { filter: text, before: null, limit: 10 }, expect.objectContaining({ rows: [] })],
      ['inspector.handler', { name: text.slice(0, 200), range: text.slice(0, 90) }, null],
      ['inspector.type', { name: text.slice(0, 200) }, null],
      ['inspector.message', { id: text }, null],
    ] as const
  for (const text of ['\0', '\ud83d']) {
    for (const [procedure, json] of questions(text)) {
      const refused = await ask(procedure, json)
      expect(refused, procedure).toMatchObject({
        status: 400,
        error: { json: { message: expect.stringMatching(/cannot be kept/) } },
      })
    }
  }
  for (const text of ['\u0001', NAME, LONG.slice(0, 400), "' OR 1=1 --", '%', '\\', '*', '\u202e']) {
    for (const [procedure, json, found] of questions(text)) {
      const answer = await ask(procedure, json)
      expect(answer, `${procedure} of ${JSON.stringify(text)}`).toMatchObject({ status: 200 })
      expect(answer.result?.data.json, `${procedure} of ${JSON.stringify(text)}`).toEqual(found)
    }
    for (const place of ['go', 'key', 'm', 'c', 'types', 'handlers', 'dead-letters', 'operations']) {
      const page = await operator.request.get(`/inspector/${place}/${encodeURIComponent(text)}`)
      expect(page.status(), `${place} of ${JSON.stringify(text)}`).toBe(200)
      expect(await page.text()).not.toMatch(/<img src="smuggled"|<script>window/)
    }
  }
})

test('an operator reads a hostile payload and its error in every view, and sees what cannot be seen', async () => {
  test.setTimeout(120_000)
  const { messageId, conversationId, fingerprint } = await plant()
  await operator.setViewportSize(DESK)
  await operator.goto(`/inspector/m/${messageId}`)
  const payload = operator.getByRole('tree', { name: 'Payload' })
  await expect(payload).toContainText('U+202E')
  await payload
    .getByRole('button', { name: /Show all/ })
    .first()
    .click()
  await expect(payload).toContainText('x'.repeat(1_000))
  const attempts = operator.getByRole('main')
  for (const mark of MARKS) await expect(attempts).toContainText(mark)
  await expectTame(operator)
  await operator.getByRole('button', { name: 'Raw' }).click()
  await expectTame(operator)

  for (const view of ['tree', 'sequence', 'graph', 'table']) {
    await operator.goto(`/inspector/c/${conversationId}?view=${view}`)
    await expect(operator.getByRole('tab', { name: view, selected: true })).toBeVisible()
    await expectTame(operator)
  }
  for (const place of [
    '/inspector',
    '/inspector/live',
    '/inspector/live?q=state:dead',
    '/inspector/dead-letters',
    `/inspector/dead-letters/${fingerprint}`,
    `/inspector/handlers/${HANDLER}`,
    `/inspector/go/${encodeURIComponent(LONG.slice(0, 300))}`,
    `/inspector/key/${encodeURIComponent(LONG.slice(0, 300))}`,
    '/inspector/audit?of=everything',
  ]) {
    await operator.goto(place)
    await expect(operator.getByRole('heading', { level: 1 })).toBeVisible()
    await expectTame(operator)
  }
})

test('what operators write for each other is as tame', async () => {
  const { fingerprint } = await plant()
  await operator.setViewportSize(DESK)
  await operator.goto(`/inspector/dead-letters/${fingerprint}`)
  await operator.getByRole('button', { name: 'Assign, note…' }).click()
  const dialog = operator.getByRole('dialog')
  await dialog.getByRole('radio', { name: /^acknowledged/ }).check()
  await dialog.getByLabel('Owner').fill(NAME.slice(0, 80))
  await dialog.getByLabel('Note').fill(LONG.slice(0, 900))
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await expect(operator.getByRole('region', { name: 'How it stands' })).toContainText('U+202E')
  await expectTame(operator)
  await operator.setViewportSize(DESK)
  await operator.goto('/inspector')
  await operator.keyboard.press('ControlOrMeta+k')
  await operator.getByRole('combobox', { name: /Go to any id/ }).fill(LONG.slice(0, 300))
  await expectTame(operator)
})

const HANDLER = 'insights.count-sign-up'

/** A message with a hostile body whose handler died of a hostile error: from another program, or from years ago. */
async function plant(): Promise<{ messageId: string; conversationId: string; fingerprint: string }> {
  await openNewest(operator, 'registration')
  const fingerprint = `hostile-${crypto.randomUUID().slice(0, 8)}`
  const { rows } = await pool.query<{ id: string; message_id: string; conversation_id: string }>(
    `SELECT d.id, d.message_id, m.conversation_id FROM deliveries d JOIN messages m ON m.id = d.message_id
     WHERE d.subscription = $1 AND d.state = 'succeeded' ORDER BY m.occurred_at DESC LIMIT 1`,
    [HANDLER],
  )
  const [delivery] = rows
  if (!delivery) throw new Error('nobody has signed up')
  const stored = LONG.replaceAll('\0', '')
  await pool.query(
    `UPDATE deliveries SET state = 'dead', settled_at = now(), started_at = now(), attempt = 1, last_error = $2,
       fingerprint = $3, revision = revision + 1 WHERE id = $1`,
    [delivery.id, stored, fingerprint],
  )
  const error = {
    name: stored.slice(0, 300),
    message: stored,
    code: 'E\u202eVIL',
    stack: `${stored}\n at ${stored}`,
    cause: null,
  }
  await pool.query(
    `INSERT INTO failed_attempts (delivery_id, number, outcome, started_at, finished_at, node, error)
     VALUES ($1, 1, 'failed', now(), now(), 'a-node', $2) ON CONFLICT DO NOTHING`,
    [delivery.id, JSON.stringify(error)],
  )
  await pool.query(
    `UPDATE messages SET body = body || jsonb_build_object('note', $2::text, $3::text, true, 'list', jsonb_build_array($2::text))
     WHERE id = $1`,
    [delivery.message_id, stored, stored.slice(0, 200)],
  )
  return { messageId: delivery.message_id, conversationId: delivery.conversation_id, fingerprint }
}
