import type { Page } from '@playwright/test'
import { expectAccessibleInBoth } from './accessible.ts'
import { EVERY_PAGE } from './every-page.ts'
import { openNewest, openNewestProcess } from './inspector.ts'
import { expect, newPerson, signUp, test } from './people.ts'
import { watchViolations } from './policy.ts'

// Both workers take their share of the pages.
test.describe.configure({ mode: 'parallel' })

const DESK = { width: 1280, height: 720 }
const PHONE = { width: 390, height: 844 }

/** Axe finds nothing serious on the page in either theme, and the page fits a phone. */
async function expectGoodForAll(page: Page): Promise<void> {
  await expectAccessibleInBoth(page)
  await page.setViewportSize(PHONE)
  const widest = () => page.evaluate(() => document.documentElement.scrollWidth)
  await expect.poll(widest, page.url()).toBeLessThanOrEqual(PHONE.width)
  await page.setViewportSize(DESK)
}

const ofInspector = EVERY_PAGE.filter((path) => path.startsWith('/inspector'))
const half = Math.ceil(ofInspector.length / 2)
const SHARES = {
  'pages for people': EVERY_PAGE.filter((path) => !path.startsWith('/inspector')),
  'the first half of the inspector': ofInspector.slice(0, half),
  'the other half of the inspector': ofInspector.slice(half),
}

for (const [share, paths] of Object.entries(SHARES)) {
  test(`${share}: axe finds nothing serious in either theme, all fit a phone and do nothing forbidden`, async ({
    operator: page,
  }) => {
    test.setTimeout(180_000)
    const violations = await watchViolations(page)
    for (const path of paths) {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expectGoodForAll(page)
    }
    expect(violations).toEqual([])
  })
}

test('what messages, conversations and processes show is for everybody, in either theme and on a phone', async ({
  operator: page,
}) => {
  test.setTimeout(90_000)
  await openNewest(page, 'accounts.user-account-created')
  await expectGoodForAll(page)
  await page.getByRole('link', { name: 'Its conversation' }).click()
  await expect(page.getByRole('treegrid')).toBeVisible()
  await expectGoodForAll(page)
  await openNewestProcess(page)
  await expectGoodForAll(page)
})

test('pages keep their theme, and no page complains', async ({ operator: page }) => {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
  await page.emulateMedia({ colorScheme: 'dark' })
  const expectDark = () => expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  for (const path of ['/', '/signup', '/login', '/welcome', '/mailbox', '/nowhere', '/inspector/live']) {
    await page.goto(path)
    await expectDark()
  }
  await page.getByRole('grid').getByRole('link', { name: 'accounts.user-account-created' }).first().click()
  await expect(page.getByRole('list', { name: 'Deliveries' })).toBeVisible()
  // Loaded by itself too: what the server drew and what the browser draws first must be the same.
  await page.reload()
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await expectDark()
  expect(complaints).toEqual([])
})

test('the home page plays how the newest sign-up fanned out', async ({ page, visitor }) => {
  await signUp(visitor, newPerson())
  await page.goto('/')
  const figure = page.getByRole('figure')
  await expect(figure).toContainText('The newest sign-up here')
  const decided = figure.getByRole('listitem').filter({ hasText: 'decide-confirmation-email' })
  await expect(decided).toContainText('succeeded')
  await figure.getByRole('button', { name: 'Play again' }).click()
  await expect(decided).toContainText('pending')
  await expect(decided).toContainText('succeeded')
})

test('who wants less motion sees at once how it ended', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.clock.install()
  await page.goto('/')
  await page.clock.runFor(50)
  const figure = page.getByRole('figure')
  await expect(figure.getByRole('listitem').filter({ hasText: 'decide-confirmation-email' })).toContainText('succeeded')
})

test('a filter that nothing matches says so, and can be cleared', async ({ operator: page }) => {
  await page.goto('/inspector/live?q=no-such-message')
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(page.getByRole('grid', { name: 'Messages' })).toBeVisible()
  await expect(page.getByLabel('Filter messages')).toHaveValue('')
  await expect(page).toHaveURL(/\/inspector\/live$/)
})

test('an operator finds a message with the keyboard only', async ({ operator: page, visitor }) => {
  await signUp(visitor, newPerson())
  await page.goto('/inspector/live')
  await expect(page.getByRole('grid', { name: 'Messages' })).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('user-account-created')
  await page.keyboard.press('Tab')
  const grid = page.getByRole('grid', { name: 'Messages' })
  await expect(grid.getByRole('link', { name: 'accounts.create-user' })).toHaveCount(0)
  await grid.getByRole('link', { name: 'accounts.user-account-created' }).first().focus()
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('list', { name: 'Deliveries' })).toBeVisible()
})

test('arrows walk through a fan-out', async ({ operator: page, visitor }) => {
  await signUp(visitor, newPerson())
  await openNewest(page, 'accounts.user-account-created')
  const lanes = page.getByRole('list', { name: 'Deliveries' })
  const first = lanes.getByRole('button', { name: 'communication.decide-confirmation-email' })
  await first.focus()
  await page.keyboard.press('ArrowDown')
  await expect(lanes.getByRole('button', { name: 'communication.decide-sms' })).toBeFocused()
  await expect(lanes.locator('> li').first()).toHaveAttribute('data-dimmed')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowRight')
  await expect(lanes.getByRole('link', { name: /communication.send-confirmation-email/ })).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(first).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(
    page.getByRole('group', { name: 'Fan-out' }).getByRole('link', { name: 'accounts.create-user' }),
  ).toBeFocused()
})
