import type { Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { mailTo } from './mail.ts'
import { expect, newPerson, signUp, test } from './people.ts'

const HOUR_MS = 3_600_000
const clockIn = (ms: number) => new Date(Date.now() + ms).toISOString().slice(11, 16)

/** Of whoever is logged in there. */
async function idOf(page: Page): Promise<string> {
  const answer = await page.request.get('/api/trpc/accounts.me')
  const { result } = (await answer.json()) as { result: { data: { json: { userId: string } } } }
  return result.data.json.userId
}

test('a person says how they are written to, and what can wait waits for the end of their quiet hours', async ({
  operator,
  visitor,
}) => {
  const person = newPerson()
  await signUp(visitor, person)
  await visitor.goto('/account/messages')
  await expectAccessible(visitor)
  await visitor.getByRole('combobox', { name: 'Language' }).selectOption('de')
  await visitor.getByRole('combobox', { name: 'Time zone' }).selectOption('UTC')
  await visitor.getByLabel('Do not write to me at certain hours').check()
  await visitor.getByLabel('From', { exact: true }).fill(clockIn(-HOUR_MS))
  const until = clockIn(HOUR_MS)
  await visitor.getByLabel('Until', { exact: true }).fill(until)
  await visitor.getByRole('checkbox', { name: /^Tips/ }).check()
  await visitor.getByRole('button', { name: 'Save' }).click()
  await expect(visitor.getByText('Saved.')).toBeVisible()
  await expect(visitor.getByText(/You agreed/)).toBeVisible()
  await visitor.reload()
  await expect(visitor.getByRole('combobox', { name: 'Language' })).toHaveValue('de')
  await expect(visitor.getByRole('checkbox', { name: /^Tips/ })).toBeChecked()
  await expect(visitor.getByRole('checkbox', { name: /^News/ })).not.toBeChecked()
  await expectAccessible(visitor)

  await operator.goto('/inspector/scheduled')
  const waiting = operator
    .getByRole('list', { name: 'Scheduled' })
    .getByRole('listitem')
    .filter({ hasText: 'communication.tell-person', has: operator.getByTitle(`Person ${await idOf(visitor)}`) })
  await expect(waiting).toHaveCount(1)
  await expect(waiting.getByRole('time')).toHaveAttribute('datetime', new RegExp(`T${until}:00`))
  expect((await mailTo(visitor, person.email)).map((each) => each.subject)).not.toContain(
    'Drei Dinge, die man wissen sollte',
  )
})

test('quiet hours that begin when they end are not saved', async ({ visitor }) => {
  await signUp(visitor, newPerson())
  await visitor.goto('/account/messages')
  await visitor.getByLabel('Do not write to me at certain hours').check()
  await visitor.getByLabel('Until', { exact: true }).fill('22:00')
  await expect(visitor.getByText('Please choose two different times.')).toBeVisible()
  await expect(visitor.getByRole('button', { name: 'Save' })).toBeDisabled()
})

test('whose browser speaks German gets a German letter', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'de-CH', timezoneId: 'Europe/Zurich' })
  const page = await context.newPage()
  const person = newPerson('Anna Müller')
  await signUp(page, person)
  await page.goto('/account/messages')
  await expect(page.getByRole('combobox', { name: 'Language' })).toHaveValue('de')
  await expect(page.getByRole('combobox', { name: 'Time zone' })).toHaveValue('Europe/Zurich')

  await page.goto('/mailbox')
  await page.getByRole('button', { name: new RegExp(person.email) }).click()
  const letter = page.getByRole('article', { name: 'Bitte bestätigen Sie Ihre E-Mail-Adresse' })
  await expect(letter).toBeVisible()
  const designed = letter.frameLocator('iframe')
  await expect(designed.getByText('Guten Tag Anna Müller,')).toBeVisible()
  await expect(designed.getByRole('link', { name: 'Adresse bestätigen' })).toBeVisible()
  await letter.getByRole('button', { name: 'As text' }).click()
  await expect(letter).toContainText('Ihr Waybill-Konto ist bereit.')
  await context.close()
})

test('a developer looks through all letters, in both languages, light and dark', async ({ visitor }) => {
  await visitor.goto('/mailbox/gallery')
  await expectAccessible(visitor)
  const templates = visitor.getByRole('navigation', { name: 'Templates' })
  expect(await templates.getByRole('link').count()).toBeGreaterThan(15)
  await templates.getByRole('link', { name: 'password-reset' }).click()
  const letter = visitor.getByRole('article')
  await expect(letter.getByRole('heading', { name: 'Choose a new password' })).toBeVisible()
  await visitor.getByRole('link', { name: 'Deutsch' }).click()
  await expect(letter.getByRole('heading', { name: 'Neues Passwort wählen' })).toBeVisible()
  await expect(letter.getByRole('region', { name: 'As text' })).toContainText('Guten Tag Anna Müller,')
  await visitor.getByRole('link', { name: 'Dark' }).click()
  const sheet = letter.frameLocator('iframe').locator('.sheet')
  await expect(sheet).toHaveCSS('background-color', 'rgb(18, 24, 36)')
  await expect(sheet.locator('xpath=ancestor::body')).toHaveCSS('background-color', 'rgb(11, 15, 23)')
  await templates.getByRole('link', { name: 'phone-code' }).click()
  await expect(letter.getByText('204 917 ist Ihr Waybill-Code.')).toBeVisible()
})
