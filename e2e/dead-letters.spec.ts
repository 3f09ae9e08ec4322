import { readFile } from 'node:fs/promises'
import type { Browser, Page } from '@playwright/test'
import type { Pool } from 'pg'
import { expectAccessibleInBoth } from './accessible.ts'
import { lane, openNewest, setFault } from './inspector.ts'
import { test } from './own-app-test.ts'
import { expect, newPerson, OPERATOR, signUp } from './people.ts'

const HANDLER = 'insights.count-sign-up'
const TRIGGER = 'accounts.user-account-created'

// An app of its own: what is dead here stays so, and nobody else revives it.
test.describe.configure({ mode: 'serial' })
test.use({ settings: { FAULTS: 'on' } })

test('a kind of failure has an owner, a note and a state, and regresses when it comes back', async ({
  browser,
  operator,
}) => {
  test.setTimeout(120_000)
  await openNewest(operator, TRIGGER)
  await setFault(operator, HANDLER, { fails: 'always' })
  await dieOnce(browser, operator)

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
  await dieOnce(browser, operator)
  await operator.goto(`/inspector/dead-letters?handler=${HANDLER}`)
  await expect(card(operator)).toContainText('regressed')

  await operator.goto('/inspector/audit')
  await expect(operator.getByText('Failure marked').first()).toBeVisible()
})

test('a retry says what it will set off, before one agrees', async ({ operator }) => {
  await operator.goto(`/inspector/dead-letters?handler=${HANDLER}`)
  await card(operator).getByRole('button', { name: 'Retry…' }).click()
  const blast = operator.getByRole('region', { name: 'What will happen again' })
  await expect(blast).toContainText(HANDLER)
  await expect(blast).toContainText('exactly once')
  await expect(blast).toContainText(/sends nothing on|has not succeeded in a week/)
  await expectAccessibleInBoth(operator)
})

test('dead letters are taken along as a file in which nobody is to be read', async ({ operator }) => {
  await operator.goto(`/inspector/dead-letters?handler=${HANDLER}`)
  for (const [choice, name] of [
    ['As CSV', 'dead-letters.csv'],
    ['As JSON', 'dead-letters.json'],
  ] as const) {
    await operator.getByRole('button', { name: 'Export', exact: true }).first().click()
    const [download] = await Promise.all([
      operator.waitForEvent('download'),
      operator.getByRole('menuitem', { name: choice }).click(),
    ])
    expect(download.suggestedFilename()).toBe(name)
    const content = await readFile(await download.path(), 'utf8')
    expect(content).toContain(HANDLER)
    expect(content).toContain('told to fail')
    expect(content).not.toMatch(/@example\.com|Anna Berg/)
    await expect(operator.getByText(`dead letters in ${name}`)).toBeVisible()
  }
})

test('failures are put together by handler, type or error class', async ({ operator }) => {
  await operator.goto('/inspector/dead-letters')
  const groupBy = operator.getByRole('navigation', { name: 'Group by' })
  await groupBy.getByRole('link', { name: 'handler' }).click()
  await expect(operator).toHaveURL(/by=handler/)
  await expect(operator.getByRole('region', { name: HANDLER }).getByRole('listitem')).toHaveCount(1)
  await groupBy.getByRole('link', { name: 'message type' }).click()
  await expect(operator.getByRole('region', { name: TRIGGER })).toBeVisible()
})

test('what is underway is seen on every page, and ended from there', async ({ operator }) => {
  await operator.goto(`/inspector/dead-letters?handler=${HANDLER}`)
  await operator.getByRole('button', { name: 'Retry all matching…' }).click()
  const dialog = operator.getByRole('dialog', { name: 'Retry dead letters?' })
  await expect(dialog).toContainText(`all dead deliveries of ${HANDLER}`)
  await dialog.getByRole('button', { name: /^Retry \d/ }).click()
  // Its first attempts fail, one after the other: until they are over it is there to be paused.
  await operator.getByRole('button', { name: 'Pause' }).click()
  await expect(operator.getByRole('status').filter({ hasText: 'Paused' })).toBeVisible()
  await operator.goto('/inspector/handlers')
  await operator.getByRole('link', { name: /^Retrying \d+: .* known so far, paused$/ }).click()
  await expect(operator.getByRole('list', { name: 'Stages' })).toContainText('paused in this stage')
  await operator.getByRole('button', { name: 'Abort' }).click()
  await expect(operator.getByRole('status').filter({ hasText: 'Aborted' })).toBeVisible()
  await expect(operator.getByRole('link', { name: /^Retrying/ })).toHaveCount(0)
})

test('what is discarded is kept with who did it and why, and comes back', async ({ operator }) => {
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
  await rows.first().getByRole('link').first().click()
  await expect(operator.getByRole('heading', { name: `Attempts of ${HANDLER}` })).toBeVisible()
  await expect(operator.getByRole('list', { name: 'Frames of this repository' }).first()).toContainText('src/')
  await operator.goBack()
  const before = await rows.count()
  await rows.first().getByRole('button', { name: 'Restore' }).click()
  await expect(rows).toHaveCount(before - 1)
  await operator.goto(`/inspector/dead-letters?handler=${HANDLER}`)
  await expect(card(operator)).toHaveCount(1)
})

test('who discards more than twenty says that they mean so many', async ({ operator, pool }) => {
  await dieOften(pool, 20)
  await operator.goto(`/inspector/dead-letters?handler=${HANDLER}`)
  await card(operator).getByRole('link').first().click()
  await operator.getByRole('button', { name: 'Retry one first…' }).click()
  await expect(operator.getByRole('radio', { name: 'One first, then the rest' })).toBeChecked()
  await operator.goBack()
  await card(operator).getByRole('button', { name: 'Discard…' }).click()
  const dialog = operator.getByRole('dialog', { name: 'Discard dead letters?' })
  const field = dialog.getByLabel(/^How many\? Type \d+/)
  const count = /Type (\d+)/.exec((await dialog.getByText(/^How many/).textContent())!)![1]!
  expect(Number(count)).toBeGreaterThan(20)
  await dialog.getByLabel('Reason').fill('counted by hand')
  const discard = dialog.getByRole('button', { name: `Discard ${count} dead letters` })
  for (const typed of ['', '20']) {
    await field.fill(typed)
    await discard.click()
    await expect(dialog).toContainText(`There are ${count}. Type that number, or choose fewer.`)
  }
  await field.fill(count)
  await discard.click()
  await expect(operator.getByRole('status').filter({ hasText: 'Completed' })).toBeVisible({ timeout: 30_000 })
})

test('a storm of retries is seen before it comes, and spread', async ({ operator, pool }) => {
  await pool.query(
    `UPDATE deliveries SET state = 'retrying', settled_at = NULL, reason = NULL, revision = revision + 1,
                           due_at = now() + interval '10 minutes'
     WHERE state = 'discarded' AND subscription = $1`,
    [HANDLER],
  )
  const minutes = async () => {
    const { rows } = await pool.query<{ count: number }>(
      `SELECT count(DISTINCT date_trunc('minute', due_at))::int AS count FROM deliveries
       WHERE state = 'retrying' AND subscription = $1`,
      [HANDLER],
    )
    return rows[0]!.count
  }
  expect(await minutes()).toBe(1)
  await operator.goto('/inspector')
  const forecast = operator.getByRole('region', { name: 'Retries in the next hour' })
  await forecast.getByRole('button', { name: `Spread the retries of ${HANDLER}` }).click()
  const dialog = operator.getByRole('dialog', { name: 'Spread these retries?' })
  await expect(dialog).toContainText('none earlier than it was due')
  await dialog.getByLabel('Over how many minutes').fill('90')
  await dialog.getByRole('button', { name: 'Spread them' }).click()
  await expect(dialog).toContainText('From 1 to 60 whole minutes.')
  await dialog.getByLabel('Over how many minutes').fill('50')
  await dialog.getByRole('button', { name: 'Spread them' }).click()
  await expect(operator.getByText(/^\d+ retries are spread$/)).toBeVisible()
  expect(await minutes()).toBeGreaterThan(10)
  await operator.goto('/inspector/audit')
  await expect(operator.getByText('Retries spread').first()).toBeVisible()
})

/** As if so many others had died as the one that is dead. */
async function dieOften(pool: Pool, count: number): Promise<void> {
  await pool.query(
    `WITH dead AS (SELECT id, message_id FROM deliveries WHERE state = 'dead' AND subscription = $1 LIMIT 1),
          messages_of_them AS (
            INSERT INTO messages SELECT (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid()))).*
            FROM messages AS m JOIN dead ON dead.message_id = m.id, generate_series(1, $2::int) RETURNING id
          )
     INSERT INTO deliveries
     SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'message_id', others.id))).*
     FROM messages_of_them AS others, deliveries AS d JOIN dead ON dead.id = d.id`,
    [HANDLER, count],
  )
}

/** Signs somebody up and waits until the handler has given up. */
async function dieOnce(browser: Browser, operator: Page): Promise<void> {
  const visitor = await browser.newContext()
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
