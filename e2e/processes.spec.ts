import type { Page } from '@playwright/test'
import { expect, newPerson, type Person, signUp, test } from './people.ts'

async function userIdOf(page: Page): Promise<string> {
  const answer = await page.request.get('/api/trpc/accounts.me')
  const { result } = (await answer.json()) as { result: { data: { json: { userId: string } } } }
  return result.data.json.userId
}

async function confirmAddress(page: Page, { email }: Person): Promise<void> {
  await page.goto('/mailbox')
  await page.getByText(email).first().click()
  const link = page.frameLocator('iframe').getByRole('link', { name: 'Confirm my address' })
  const [opened] = await Promise.all([page.context().waitForEvent('page'), link.click()])
  await expect(opened.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible()
}

test('an operator sees what a registration waits for, and it completes when the address is confirmed', async ({
  operator,
  visitor,
}) => {
  const person = newPerson()
  await signUp(visitor, person)
  await expect(visitor.getByRole('main')).toContainText(/e-mail sent/i)
  const userId = await userIdOf(visitor)

  await operator.goto('/inspector/live')
  await operator.getByRole('link', { name: 'Processes' }).click()
  const row = operator.getByRole('table', { name: 'Processes' }).getByRole('row').filter({ hasText: userId })
  await expect(row).toContainText('running')
  await expect(row).toContainText('the link in the e-mail to be opened, owed by the person')
  await row.getByRole('link').click()
  const waiting = operator.getByRole('list', { name: 'Waiting for' }).getByRole('listitem')
  await expect(waiting).toHaveCount(1)
  await expect(waiting).toContainText('accounts.email-confirmed')
  await expect(waiting).toContainText('in 7 d')
  await expect(operator.getByLabel('What it is about')).toContainText(/e-mail\s*••••.*phone.*invited\s*no/s)
  await expect(operator.getByRole('img', { name: /now in .*address › unconfirmed › fresh/ })).toBeVisible()

  await expect(operator.getByRole('list', { name: 'History' })).toContainText('0 % of 7 d over')

  await confirmAddress(visitor, person)
  await expect(operator.getByRole('img', { name: /now in completed/ })).toBeVisible()
  await expect(operator.getByRole('heading', { name: 'How it ended' })).toBeVisible()
  const newest = operator.getByRole('list', { name: 'History' }).getByRole('listitem').first()
  await expect(newest).toContainText('accounts.email-confirmed')
  await expect(newest).toContainText('registration.registration-completed')
  await newest.getByRole('button', { name: /^All of its state/ }).click()
  await expect(newest.getByRole('row', { name: /^state / })).toContainText('completed')
  await operator.getByRole('button', { name: 'To step 1', exact: true }).click()
  await expect(operator.locator('li[data-step="1"] a').first()).toBeFocused()
  await visitor.goto('/welcome')
  await expect(visitor.getByRole('main')).toContainText('Everything is done.')
})

test('a member sees no process, nor can ask for one', async ({ page }) => {
  await signUp(page, newPerson())
  await page.goto('/inspector/processes')
  await expect(page.getByRole('heading', { name: 'The inspector is for operators' })).toBeVisible()
  const listed = await page.request.get('/api/trpc/inspector.processes?input=%7B%22json%22%3A%7B%7D%7D')
  expect(listed.status()).toBe(403)
  const input = encodeURIComponent(
    JSON.stringify({ json: { name: 'registration.sign-up', key: await userIdOf(page) } }),
  )
  expect((await page.request.get(`/api/trpc/inspector.process?input=${input}`)).status()).toBe(403)
})

test('an address that leads to no process says so', async ({ operator }) => {
  await operator.goto(`/inspector/processes/registration.sign-up/${crypto.randomUUID()}`)
  await expect(operator.getByRole('heading', { name: 'No such process' })).toBeVisible()
})
