import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { lane, openNewest, setFault, stopFault } from './inspector.ts'
import { expect, newPerson, signUp, test } from './people.ts'

// Nobody else's: other tests look at the fan-out of a sign-up at the same time, in the same app.
const HANDLER = 'audit.record-sms-sent'
const TRIGGER = 'communication.sms-sent'

test.describe.configure({ mode: 'serial' })

test('a kind of failure has an owner, a note and a state, and regresses when it comes back', async ({
  operator,
  visitor,
}) => {
  test.setTimeout(120_000)
  await signUp(visitor, newPerson(), '+49 170 1112223')
  await openNewest(operator, TRIGGER)
  await setFault(operator, HANDLER, { fails: 'always' })
  await dieOnce(operator, visitor)

  await operator.goto(`/inspector/dead-letters?handler=${HANDLER}`)
  await expect(card(operator)).toContainText('new')
  await expect(card(operator).getByRole('img', { name: /died in the last 24 hours/ })).toBeVisible()
  await card(operator).getByRole('link').first().click()
  const standing = operator.getByRole('region', { name: 'How it stands' })
  await expect(standing).toContainText('One person is affected')
  await mark(operator, 'acknowledged', 'Ada', 'the provider is informed')
  await expect(standing).toContainText('acknowledged')
  await expect(standing).toContainText('Ada')
  await expect(standing).toContainText('the provider is informed')
  await expectAccessible(operator)

  await mark(operator, 'resolved', 'Ada', 'the provider has mended it')
  await expect(standing).toContainText('resolved')
  await dieOnce(operator, visitor)
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
  await expectAccessible(operator)
})

test('failures are put together by handler, type or error class', async ({ operator }) => {
  await operator.goto('/inspector/dead-letters')
  const groupBy = operator.getByRole('navigation', { name: 'Group by' })
  await groupBy.getByRole('link', { name: 'handler' }).click()
  await expect(operator).toHaveURL(/by=handler/)
  await expect(operator.getByRole('region', { name: HANDLER }).getByRole('listitem')).toHaveCount(1)
  await groupBy.getByRole('link', { name: 'message type' }).click()
  await expect(operator.getByRole('region', { name: TRIGGER })).toBeVisible()
  await openNewest(operator, TRIGGER)
  await stopFault(operator, HANDLER)
})

/** Signs somebody up and waits until the handler has given up. */
async function dieOnce(operator: Page, visitor: Page): Promise<void> {
  await visitor.context().clearCookies()
  await signUp(visitor, newPerson(), '+49 170 1112223')
  await openNewest(operator, TRIGGER)
  await expect(lane(operator, HANDLER)).toContainText('dead', { timeout: 40_000 })
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

async function expectAccessible(page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page }).analyze()
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([])
  }
}
