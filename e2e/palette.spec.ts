import type { Page } from '@playwright/test'
import { expectAccessibleInBoth } from './accessible.ts'
import { expect, test } from './people.ts'

const field = (page: Page) => page.getByRole('combobox', { name: 'Go to any id, page or action' })

async function openPalette(page: Page): Promise<void> {
  await expect(page.getByText('connected', { exact: true })).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(field(page)).toBeFocused()
}

test('pages, views and ids are reached by keyboard alone', async ({ operator: page }) => {
  await page.goto('/inspector/nodes')
  await openPalette(page)
  await page.keyboard.type('handl')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('option', { name: 'Handlers', exact: true })).toBeVisible()
  await choose(page, 'Handlers')
  await expect(page).toHaveURL('/inspector/handlers')

  await openPalette(page)
  await page.keyboard.type('dead deliv')
  await choose(page, /^Dead deliveries/)
  await expect(page).toHaveURL('/inspector/live?q=state%3Adead')

  await page.goto('/inspector/live')
  const link = page.getByRole('grid', { name: 'Messages' }).getByRole('link', { name: 'accounts.create-user' })
  const id = (await link.first().getAttribute('href'))!.split('/').at(-1)!
  await openPalette(page)
  await page.keyboard.insertText(id)
  await expect(page.getByRole('option', { name: /^accounts\.create-user/ })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/inspector/m/${id}`)
})

test('what is typed while the palette is on its way is typed into it, and acts on nothing', async ({
  operator: page,
}) => {
  // The code of the palette alone comes late: what is asked for before the page is there is let through.
  let isHeld = false
  const held = Promise.withResolvers<void>()
  await page.route('**/*.js', async (route) => {
    if (isHeld) await held.promise
    await route.continue()
  })
  await page.goto('/inspector/live')
  await expect(page.getByText('connected', { exact: true })).toBeVisible()
  await page.keyboard.press('j')
  const link = page.getByRole('grid', { name: 'Messages' }).locator('[data-row-link]:focus')
  await expect(link).toBeVisible()
  isHeld = true
  await page.keyboard.press('Control+k')
  await page.keyboard.type('xr?handl')
  await expect(field(page)).toHaveValue('xr?handl')
  held.resolve()
  await expect(page.getByRole('listbox', { name: 'What fits' })).toBeVisible()
  await expect(field(page)).toBeFocused()
  await page.keyboard.type('ers')
  await expect(field(page)).toHaveValue('xr?handlers')
  await expect(page.getByText('1 marked')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(link).toBeVisible()
})

test('what is selected can be acted on from the palette', async ({ operator: page }) => {
  // It notes in the audit that a handler was resumed: no other test looks at it.
  const name = 'audit.record-unpark'
  await page.goto(`/inspector/handlers/${name}`)
  await openPalette(page)
  await page.keyboard.type('pause')
  await choose(page, `Pause ${name}`)
  await expect(page.getByText('❙❙ paused')).toBeVisible()
  await openPalette(page)
  await page.keyboard.type('resume')
  await choose(page, `Resume ${name}`)
  await expect(page.getByText('running', { exact: true })).toBeVisible()
})

test('the palette sets how things look, and that is kept', async ({ operator: page }) => {
  await page.goto('/inspector/live')
  await openPalette(page)
  await page.keyboard.type('utc')
  await choose(page, 'Times in UTC')
  const time = page.getByRole('grid', { name: 'Messages' }).locator('time').first()
  await expect(time).toHaveText(/Z$/)
  await page.reload()
  await expect(time).toHaveText(/Z$/)
  await page.getByRole('combobox', { name: 'Times' }).selectOption('how long ago')
  await expect(time).toHaveText(/ago|now/)
  await expect(time).toHaveAttribute('title', /^\d{4}-.+Z \(UTC\)$/)
  await openPalette(page)
  await page.keyboard.type('row before')
  await choose(page, 'Times since the row before')
  await expect(time).toHaveText(/^\+\d/)
  await expect(time).toHaveAttribute('title', /^\d{4}-.+Z \(UTC\), \+.+ after the row before$/)
  await page.reload()
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByLabel('Time since the row before').uncheck()
  await expect(time).toHaveText(/ago|now/)
  await page.keyboard.press('Escape')
  await openPalette(page)
  await page.keyboard.type('dark')
  await choose(page, 'Dark theme')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test('nothing keeps anybody from the palette, in either theme', async ({ operator: page }) => {
  await page.goto('/inspector')
  await openPalette(page)
  await expectAccessibleInBoth(page)
  await page.keyboard.press('Escape')
  await expect(field(page)).toHaveCount(0)
})

async function choose(page: Page, name: string | RegExp): Promise<void> {
  const option = page.getByRole('option', typeof name === 'string' ? { name, exact: true } : { name })
  await expect(option).toBeVisible()
  for (let step = 0; step < 20; step += 1) {
    if ((await option.getAttribute('aria-selected')) === 'true') break
    await page.keyboard.press('ArrowDown')
  }
  await expect(option).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
}
