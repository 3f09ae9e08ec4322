import type { Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { EVERY_PAGE } from './every-page.ts'
import { openNewest, openNewestProcess } from './inspector.ts'
import { expect, newPerson, signUp, test } from './people.ts'

const isOfInspector = (path: string) => path.startsWith('/inspector')

for (const theme of ['light', 'dark'] as const) {
  const expectAllAccessible = async (page: Page, paths: readonly string[]) => {
    test.setTimeout(180_000)
    await page.emulateMedia({ colorScheme: theme })
    for (const path of paths) {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expectAccessible(page)
    }
  }

  test(`axe finds nothing serious on pages for people, ${theme}`, async ({ operator: page }) => {
    await expectAllAccessible(
      page,
      EVERY_PAGE.filter((path) => !isOfInspector(path)),
    )
  })

  test(`axe finds nothing serious in the inspector, ${theme}`, async ({ operator: page }) => {
    await expectAllAccessible(page, EVERY_PAGE.filter(isOfInspector))
  })

  test(`axe finds nothing serious on what messages, conversations and processes show, ${theme}`, async ({
    operator: page,
  }) => {
    await page.emulateMedia({ colorScheme: theme })
    await openNewest(page, 'accounts.user-account-created')
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Its conversation' }).click()
    await expect(page.getByRole('treegrid')).toBeVisible()
    await expectAccessible(page)
    await openNewestProcess(page)
    await expectAccessible(page)
  })
}

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

test('every page fits a phone', async ({ operator: page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)
  const inspector = [
    'live',
    'dead-letters',
    'operations',
    'processes',
    'nodes',
    'handlers',
    'scheduled',
    'types',
    'topology',
  ]
  const rooms = inspector.map((room) => `/inspector/${room}`)
  const account = ['', '/security', '/sessions', '/history'].map((room) => `/account${room}`)
  for (const path of ['/', '/signup', '/login', '/forgot', '/welcome', '/mailbox', '/people', ...account, ...rooms]) {
    await page.goto(path)
    expect(await fits(), path).toBe(true)
  }
  await openNewest(page, 'accounts.user-account-created')
  expect(await fits(), 'message').toBe(true)
  await page.getByRole('link', { name: 'Its conversation' }).click()
  await expect(page.getByRole('treegrid')).toBeVisible()
  expect(await fits(), 'conversation').toBe(true)
  await openNewestProcess(page)
  expect(await fits(), 'process').toBe(true)
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
