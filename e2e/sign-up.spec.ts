import { expect, fillSignUp, logIn, newPerson, signUp, test } from './people.ts'

test('Q5: a visitor signs up and is logged in at once', async ({ page }) => {
  const person = newPerson()
  await page.goto('/')
  await page.getByRole('link', { name: 'Create account' }).first().click()
  await signUp(page, person, '+49 170 1234567')
  await expect(page.getByRole('button', { name: 'Log out' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('Account created')
  await expect(page.getByRole('main')).toContainText(/e-mail sent/i)
  await expect(page.getByRole('main')).toContainText(/text (message )?sent/i)
})

test('wrong input is explained beside its field, and what was typed stays', async ({ page }) => {
  await page.goto('/signup')
  await page.getByLabel('Email').fill('anna@')
  await page.getByLabel('Password').fill('short')
  await page.getByLabel('Phone (optional)').fill('0170')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByText('Please enter your name.')).toBeVisible()
  await expect(page.getByText('That does not look like an e-mail address.')).toBeVisible()
  await expect(page.getByText('Please use at least 10 characters.')).toBeVisible()
  await expect(page.getByText('Please start with + and the country code')).toBeVisible()
  await expect(page.getByLabel('Email')).toHaveValue('anna@')
  await expect(page.getByLabel('Name')).toBeFocused()
})

test('the server refuses what the form would not let through', async ({ request }) => {
  const answer = await request.post('/api/trpc/accounts.signUp', {
    data: { json: { name: '', email: 'x', password: '1', phone: '' } },
  })
  expect(answer.status()).toBe(400)
})

test('an address that has an account is refused, however it is written', async ({ page, visitor }) => {
  const person = newPerson()
  await signUp(page, person)
  await fillSignUp(visitor, { ...person, name: 'Somebody Else', email: person.email.toUpperCase() })
  await visitor.getByRole('button', { name: 'Create account' }).click()
  await expect(visitor.getByText(/already (has|have) an account/i)).toBeVisible()
  await expect(visitor.getByLabel('Name')).toHaveValue('Somebody Else')
})

test('a double click makes one account', async ({ page, operator }) => {
  const person = newPerson('Double Click')
  await fillSignUp(page, person)
  await page.getByRole('button', { name: 'Create account' }).dblclick()
  await page.waitForURL('**/welcome')
  await expect(page.getByRole('main')).toContainText(/e-mail sent/i)
  await operator.goto('/mailbox')
  await expect(operator.getByRole('list', { name: 'Received' }).getByText(person.email)).toHaveCount(1)
})

test('what was typed survives a lost connection', async ({ page }) => {
  const person = newPerson()
  await fillSignUp(page, person)
  await page.route('**/api/trpc/**', (route) => route.abort())
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByText('Your account could not be created.')).toBeVisible()
  await expect(page.getByLabel('Email')).toHaveValue(person.email)
  await page.unroute('**/api/trpc/**')
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.waitForURL('**/welcome')
})

test('a member logs out and in again', async ({ page }) => {
  const person = newPerson()
  await signUp(page, person)
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page.getByRole('button', { name: 'Log out' })).toBeHidden()
  await page.goto('/login')
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect(page.getByText('The address or the password is not right.')).toBeVisible()
  await logIn(page, person)

  // Without a connection nobody is logged out, but what stood on the page is gone.
  await page.goto('/account')
  await expect(page.locator('html')).toContainText(person.name)
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page.getByRole('heading', { name: 'You are not logged out yet' })).toBeVisible()
  expect(await page.content()).not.toContain(person.name)
  await page.context().setOffline(false)
  await page.getByRole('link', { name: 'come back' }).click()
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page.getByRole('link', { name: 'Log in', exact: true })).toBeVisible()
})

test('a member confirms the address by the link in the mailbox', async ({ page }) => {
  const person = newPerson()
  await signUp(page, person)
  await expect(page.getByRole('main')).toContainText(/e-mail sent/i)
  await page.goto('/mailbox')
  await page.getByText(person.email).first().click()
  const link = page.frameLocator('iframe').getByRole('link', { name: 'Confirm my address' })
  const [opened] = await Promise.all([page.context().waitForEvent('page'), link.click()])
  await expect(opened.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible()
  await page.goto('/welcome')
  await expect(page.getByRole('main')).toContainText(/address confirmed/i)
})

test('the letter one reads stays open when mail comes in', async ({ page, visitor }) => {
  const [reader, other] = [newPerson(), newPerson()]
  await signUp(page, reader)
  await expect(page.getByRole('main')).toContainText(/e-mail sent/i)
  await page.goto('/mailbox')
  const letter = page.getByRole('article')
  const shown = await letter.textContent()
  await signUp(visitor, other)
  await expect(page.getByRole('list', { name: 'Received' }).getByText(other.email)).toBeVisible()
  expect(await letter.textContent()).toBe(shown)
})

test('a visitor signs up with the keyboard only', async ({ page }) => {
  const person = newPerson()
  await page.goto('/signup')
  await page.getByLabel('Name').focus()
  for (const value of [person.name, person.email, person.password]) {
    await page.keyboard.type(value)
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Enter')
  await page.waitForURL('**/welcome')
})
