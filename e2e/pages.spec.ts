import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { openNewest, openNewestProcess } from './inspector.ts'
import { expect, newPerson, signUp, test } from './people.ts'

async function expectAccessible(page: Page): Promise<void> {
  // Measured at rest: a colour on its way to another has the contrast of neither.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const { violations } = await new AxeBuilder({ page }).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([])
}

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious on any page, ${theme}`, async ({ operator: page }) => {
    test.setTimeout(120_000)
    await page.emulateMedia({ colorScheme: theme })
    for (const path of [
      '/',
      '/signup',
      '/login',
      '/welcome',
      '/confirm?token=x',
      '/mailbox',
      '/nowhere',
      '/inspector/live',
      '/inspector/dead-letters',
      '/inspector/operations',
      '/inspector/processes',
      '/inspector/processes?status=failed',
      '/inspector/nodes',
      '/inspector/handlers',
      '/inspector/scheduled',
    ]) {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expectAccessible(page)
    }
    await openNewest(page, 'accounts.user-account-created')
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Its conversation' }).click()
    await expect(page.getByRole('treegrid')).toBeVisible()
    await expectAccessible(page)
    await openNewestProcess(page)
    await expectAccessible(page)
  })
}

test('every page fits a phone', async ({ operator: page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)
  const inspector = ['live', 'dead-letters', 'operations', 'processes', 'nodes', 'handlers', 'scheduled']
  const rooms = inspector.map((room) => `/inspector/${room}`)
  for (const path of ['/', '/signup', '/login', '/welcome', '/mailbox', ...rooms]) {
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
