import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { lane, openNewest, setFault } from './inspector.ts'
import { freePort, OwnApp } from './own-app.ts'
import { newPerson, OPERATOR, signUp } from './people.ts'

const HANDLER = 'insights.count-sign-up'
const TRIGGER = 'accounts.user-account-created'

// An app of its own: what is dead here stays so, and nobody else revives it.
test.describe.configure({ mode: 'serial' })

let app: OwnApp
let dataDir: string
let operator: Page

test.beforeAll(async ({ browser }) => {
  // An app starts within seconds, though not beside much else on few cores.
  test.setTimeout(120_000)
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'waybill-dead-letters-'))
  app = new OwnApp(await freePort(), { DATA_DIR: dataDir, FAULTS: 'on', LOG_LEVEL: 'warn' })
  await app.start()
  operator = await (await browser.newContext({ baseURL: app.url })).newPage()
  await signUp(operator, OPERATOR)
})
test.afterAll(async () => {
  await operator.context().close()
  await app.stop()
  await rm(dataDir, { recursive: true, force: true })
})

test('a kind of failure has an owner, a note and a state, and regresses when it comes back', async ({ browser }) => {
  test.setTimeout(120_000)
  await openNewest(operator, TRIGGER)
  await setFault(operator, HANDLER, { fails: 'always' })
  await dieOnce(browser)

  await operator.goto(`/inspector/dead-letters?handler=${HANDLER}`)
  await expect(card(operator)).toContainText('new')
  await expect(card(operator)).toContainText(/since release \d/)
  await expect(card(operator).getByRole('img', { name: /died in the last 24 hours/ })).toBeVisible()
  await card(operator).getByRole('link').first().click()
  const standing = operator.getByRole('region', { name: 'How it stands' })
  await expect(standing).toContainText('One person is affected')
  await mark(operator, 'acknowledged', 'Ada', 'the provider is informed')
  await expect(standing).toContainText('acknowledged')
  await expect(standing).toContainText('Ada')
  await expect(standing).toContainText('the provider is informed')
  await expectAccessibleInBoth(operator)

  await mark(operator, 'resolved', 'Ada', 'the provider has mended it')
  await expect(standing).toContainText('resolved')
  await dieOnce(browser)
  await operator.goto(`/inspector/dead-letters?handler=${HANDLER}`)
  await expect(card(operator)).toContainText('regressed')

  await operator.goto('/inspector/audit')
  await expect(operator.getByText('Failure marked').first()).toBeVisible()
})

test('a retry says what it will set off, before one agrees', async () => {
  await operator.goto(`/inspector/dead-letters?handler=${HANDLER}`)
  await card(operator).getByRole('button', { name: 'Retry…' }).click()
  const blast = operator.getByRole('region', { name: 'What will happen again' })
  await expect(blast).toContainText(HANDLER)
  await expect(blast).toContainText('exactly once')
  await expect(blast).toContainText(/sends nothing on|has not succeeded in a week/)
  await expectAccessibleInBoth(operator)
})

test('failures are put together by handler, type or error class', async () => {
  await operator.goto('/inspector/dead-letters')
  const groupBy = operator.getByRole('navigation', { name: 'Group by' })
  await groupBy.getByRole('link', { name: 'handler' }).click()
  await expect(operator).toHaveURL(/by=handler/)
  await expect(operator.getByRole('region', { name: HANDLER }).getByRole('listitem')).toHaveCount(1)
  await groupBy.getByRole('link', { name: 'message type' }).click()
  await expect(operator.getByRole('region', { name: TRIGGER })).toBeVisible()
})

test('what is discarded is kept with who did it and why, and comes back', async () => {
  await operator.goto(`/inspector/dead-letters?handler=${HANDLER}`)
  await card(operator).getByRole('button', { name: 'Discard…' }).click()
  const dialog = operator.getByRole('dialog', { name: 'Discard dead letters?' })
  await dialog.getByLabel('Reason').fill('counted by hand')
  await dialog.getByRole('button', { name: /^Discard \d/ }).click()
  await expect(operator.getByRole('status').filter({ hasText: 'Completed' })).toBeVisible({ timeout: 30_000 })

  await operator.goto('/inspector/dead-letters')
  await operator.getByRole('navigation', { name: 'Dead letters' }).getByRole('link', { name: 'Discarded' }).click()
  const rows = operator.getByRole('list', { name: 'Discarded' }).getByRole('listitem')
  await expect(rows.first()).toContainText('counted by hand')
  await expect(rows.first()).toContainText(`by ${OPERATOR.name}`)
  await expect(rows.first()).toContainText(/removed for good in (29|30) days/)
  await expectAccessibleInBoth(operator)
  const before = await rows.count()
  await rows.first().getByRole('button', { name: 'Restore' }).click()
  await expect(rows).toHaveCount(before - 1)
  await operator.goto(`/inspector/dead-letters?handler=${HANDLER}`)
  await expect(card(operator)).toHaveCount(1)
})

/** Signs somebody up and waits until the handler has given up. */
async function dieOnce(browser: Browser): Promise<void> {
  const visitor = await browser.newContext({ baseURL: app.url })
  await signUp(await visitor.newPage(), newPerson())
  await visitor.close()
  await openNewest(operator, TRIGGER)
  await expect(lane(operator, HANDLER)).toContainText('dead', { timeout: 30_000 })
}

function card(page: Page) {
  return page.getByRole('list', { name: 'Groups of dead letters' }).getByRole('listitem').filter({ hasText: HANDLER })
}

async function mark(page: Page, state: string, owner: string, note: string): Promise<void> {
  await page.getByRole('button', { name: 'Assign, note…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: new RegExp(`^${state}`) }).check()
  await dialog.getByLabel('Owner').fill(owner)
  await dialog.getByLabel('Note').fill(note)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
}

async function expectAccessibleInBoth(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectAccessible(page)
  }
}
