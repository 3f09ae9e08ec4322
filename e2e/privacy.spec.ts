import { readFile } from 'node:fs/promises'
import { expectAccessible } from './accessible.ts'
import { expect, newPerson, signUp, test } from './people.ts'

test('a person downloads their data, deletes their account, and is a stranger from then on', async ({
  visitor: page,
}) => {
  const person = newPerson('Dora Leaving')
  await signUp(page, person)
  await page.goto('/account/privacy')
  await expectAccessible(page)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download my data' }).click()
  const own = await readFile(await (await download).path(), 'utf8')
  expect(own).toContain(person.email)
  expect(own).not.toContain('argon2')

  const remove = page.getByRole('button', { name: 'Delete my account' })
  await remove.click()
  await expect(page.getByText('Please enter your password.')).toBeVisible()
  await page.getByLabel('Your password').fill('not the password at all')
  await remove.click()
  await expect(page.getByText('This is not your password.')).toBeVisible()
  await page.getByLabel('Your password').fill(person.password)
  await remove.click()
  await page.waitForURL((url) => url.pathname === '/')
  await page.goto('/account/privacy')
  await expect(page).toHaveURL(/\/login/)
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect(page.getByText('You were not logged in.')).toBeVisible()
})

test('an operator reveals an address with a reason; it is noted, and hidden again', async ({ operator, visitor }) => {
  const person = newPerson('Rita Revealed')
  await signUp(visitor, person)
  await operator.goto(`/inspector/go/${encodeURIComponent(person.email)}`)
  await operator
    .getByRole('link', { name: /accounts\.user-account-created/ })
    .first()
    .click()
  await operator.waitForURL('**/inspector/m/**')
  await expect(operator.getByText(person.email)).toHaveCount(0)
  await operator.clock.install()
  await operator.getByRole('button', { name: 'Reveal personal data' }).click()
  await operator.getByRole('button', { name: 'Reveal', exact: true }).click()
  await expect(operator.getByText('Please say why, in a few words.')).toBeVisible()
  await operator.getByLabel('Field').selectOption('email')
  await operator.getByLabel('Reason').fill('They wrote that no mail comes')
  await operator.getByRole('button', { name: 'Reveal', exact: true }).click()
  const revealed = operator.getByRole('region', { name: 'Revealed personal data' })
  await expect(revealed).toContainText(person.email)
  await expect(revealed).not.toContainText(person.name)
  await operator.clock.runFor(31_000)
  await expect(operator.getByText(person.email)).toHaveCount(0)
  await operator.goto('/inspector/audit')
  await expect(operator.getByText('They wrote that no mail comes')).toBeVisible()
})
