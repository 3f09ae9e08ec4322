import { LIMITS } from '../src/web/limits.ts'
import { expect, logIn, newPerson, signUp, test } from './people.ts'

test('who tries too many passwords is told how long to wait, and the owner gets in where they were before', async ({
  page: owner,
  visitor,
}) => {
  const person = newPerson()
  await signUp(owner, person)
  await owner.getByRole('button', { name: 'Log out' }).click()
  await expect(owner.getByRole('button', { name: 'Log out' })).toBeHidden()
  for (let tried = 0; tried < LIMITS['log-in.account-from-address'].times; tried += 1) {
    const json = { email: person.email, password: `guess ${tried}` }
    const answer = await visitor.request.post('/api/trpc/accounts.logIn', { data: { json } })
    expect(answer.status()).toBe(200)
  }
  await visitor.goto('/login')
  await visitor.getByLabel('Email').fill(person.email)
  await visitor.getByLabel('Password').fill(person.password)
  await visitor.getByRole('button', { name: 'Log in' }).click()
  await expect(visitor.getByText(/There were too many tries\. Please wait 1\d minutes, then try again\./)).toBeVisible()
  await expect(visitor.getByLabel('Email')).toHaveValue(person.email)
  await logIn(owner, person)
})

test('a visitor who chooses a password that very many people have is told so beside the field', async ({ page }) => {
  const person = { ...newPerson(), password: 'password123!' }
  await page.goto('/signup')
  await page.getByLabel('Name').fill(person.name)
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password').fill(person.password)
  await expect(page.getByText('Easy to guess.')).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByText('Very many people use this password')).toBeVisible()
  await expect(page.getByLabel('Password')).toBeFocused()
  await page.getByLabel('Password').fill('a few words of my own')
  await expect(page.getByText('Very hard to guess.')).toBeVisible()
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.waitForURL('**/welcome')
})
