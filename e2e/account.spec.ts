import { expectAccessible } from './accessible.ts'
import { linkIn, mailTo, textOf } from './mail.ts'
import { expect, logIn, newPerson, signUp, test } from './people.ts'

test('whoever did not get the first letter asks for another, and its link confirms the address', async ({ page }) => {
  const person = newPerson()
  await signUp(page, person)
  await page.goto('/account')
  await expect(page.getByRole('region', { name: 'Email' })).toContainText('not confirmed')
  await expect.poll(async () => (await mailTo(page, person.email)).length).toBe(1)
  await page.getByRole('button', { name: 'Send another link' }).click()
  await expect(page.getByText(`A new link is on its way to ${person.email}.`)).toBeVisible()
  await expect.poll(async () => (await mailTo(page, person.email)).length).toBe(2)
  await page.goto(await linkIn(page, person.email, /confirm/i))
  await expect(page.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible()
  await page.goto('/account')
  await expect(page.getByRole('region', { name: 'Email' })).not.toContainText('not confirmed')
})

test('somebody who forgot the password chooses another by the link, once', async ({ page, visitor }) => {
  const person = newPerson()
  await signUp(page, person)
  await visitor.goto('/login')
  await visitor.getByRole('link', { name: 'Forgot your password?' }).click()
  await visitor.waitForURL('**/forgot')
  await visitor.getByLabel('Email').fill(person.email)
  await visitor.getByRole('button', { name: 'Send the link' }).click()
  await expect(visitor.getByRole('heading', { name: 'Look into your mail' })).toBeVisible()
  const link = await linkIn(visitor, person.email, /choose a new password/i)
  await visitor.goto(link)
  await visitor.getByLabel('New password').fill('short')
  await visitor.getByRole('button', { name: 'Change password' }).click()
  await expect(visitor.getByText('Please use at least 10 characters.')).toBeVisible()
  await expectAccessible(visitor)
  const changed = { ...person, password: 'quite another long password' }
  await visitor.getByLabel('New password').fill(changed.password)
  await visitor.getByRole('button', { name: 'Change password' }).click()
  await expect(visitor.getByRole('heading', { name: 'Your password is changed' })).toBeVisible()
  await logIn(visitor, changed)
  // Who was in with the old one is out, and the link has been used up.
  await page.goto('/account')
  await expect(page).toHaveURL(/\/login/)
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'This link does not work any more' })).toBeVisible()
  await textOf(page, person.email, /your password was changed/i)
})

test('a stranger does not learn who has an account by asking for a new password', async ({ page, visitor }) => {
  const person = newPerson()
  await signUp(page, person)
  const told: string[] = []
  for (const email of [person.email, newPerson().email]) {
    await visitor.goto('/forgot')
    await visitor.getByLabel('Email').fill(email)
    const [answer] = await Promise.all([
      visitor.waitForResponse(/requestReset/),
      visitor.getByRole('button', { name: 'Send the link' }).click(),
    ])
    await expect(visitor.getByRole('heading', { name: 'Look into your mail' })).toBeVisible()
    told.push(
      `${answer.status()} ${await answer.text()} ${(await visitor.getByRole('main').innerText()).replace(email, '')}`,
    )
  }
  expect(told[0]).toBe(told[1])
})

test('a person changes the password, and is logged out everywhere else', async ({ page, visitor }) => {
  const person = newPerson()
  await signUp(page, person)
  await logIn(visitor, person)
  await page.goto('/account/security')
  await page.getByLabel('Present password').fill('not my password')
  await page.getByLabel('New password').fill('quite another long password')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('This is not your password.')).toBeVisible()
  await expect(page.getByLabel('Present password')).toBeFocused()
  await page.getByLabel('Present password').fill(person.password)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('You were logged out in one other browser.')).toBeVisible()
  await visitor.goto('/account')
  await expect(visitor).toHaveURL(/\/login/)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Security' })).toBeVisible()
  await logIn(visitor, { ...person, password: 'quite another long password' })
})

test('a person is called by another name from now on', async ({ page }) => {
  await signUp(page, newPerson('Anna Berg'))
  await page.goto('/account')
  await page.getByRole('textbox', { name: 'Name' }).fill('')
  await page.getByRole('button', { name: 'Save name' }).click()
  await expect(page.getByText('Please enter your name.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Name' }).fill('Anna Tal')
  await page.getByRole('button', { name: 'Save name' }).click()
  await expect(page.getByText('Your name is changed.')).toBeVisible()
  await expect(page.getByRole('banner')).toContainText('Anna Tal')
})

test('a person moves to another address: the old one is told, the new one confirms', async ({ page, visitor }) => {
  const person = newPerson()
  const next = newPerson()
  await signUp(page, person)
  await page.goto('/account')
  await page.getByRole('button', { name: 'Change address' }).click()
  await page.getByLabel('New email').fill(next.email)
  await page.getByLabel('Your password').fill('not my password')
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByText('This is not your password.')).toBeVisible()
  await page.getByLabel('Your password').fill(person.password)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByText(`We wrote to ${next.email}`)).toBeVisible()
  await textOf(page, person.email, /to be changed/)
  await logIn(visitor, person)
  await page.goto(await linkIn(page, next.email, /confirm your new e-mail address/i))
  await expect(page.getByRole('heading', { name: 'Your new address is confirmed' })).toBeVisible()
  await page.goto('/account')
  await expect(page.getByRole('region', { name: 'Email' })).toContainText(next.email)
  await textOf(page, person.email, /was changed/)
  await visitor.getByRole('button', { name: 'Log out' }).click()
  await expect(visitor.getByRole('button', { name: 'Log out' })).toBeHidden()
  await logIn(visitor, { ...person, email: next.email })
})

test('an address that somebody has is not given away, and tells nobody but who reads its mail', async ({
  page,
  visitor,
}) => {
  const [person, other] = [newPerson(), newPerson()]
  await signUp(page, person)
  await signUp(visitor, other)
  await page.goto('/account')
  await page.getByRole('button', { name: 'Change address' }).click()
  await page.getByLabel('New email').fill(other.email)
  await page.getByLabel('Your password').fill(person.password)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByText(`We wrote to ${other.email}`)).toBeVisible()
  await visitor.goto(await linkIn(visitor, other.email, /confirm your new e-mail address/i))
  await expect(visitor.getByRole('heading', { name: 'This address has an account of its own' })).toBeVisible()
  await page.reload()
  await page.getByRole('button', { name: 'Keep the present address' }).click()
  await expect(page.getByText(`We wrote to ${other.email}`)).toBeHidden()
  await expect(page.getByRole('region', { name: 'Email' })).toContainText(person.email)
})

test('a person confirms a phone number by the code in a text, and takes it away again, of which the number is told', async ({
  page,
}) => {
  await signUp(page, newPerson())
  const phone = `+49170${String(Date.now()).slice(-7)}`
  await page.goto('/account')
  await page.getByRole('textbox', { name: 'Phone' }).fill('0170')
  await page.getByRole('button', { name: 'Send a code' }).click()
  await expect(page.getByText('Please start with + and the country code')).toBeVisible()
  await page.getByRole('textbox', { name: 'Phone' }).fill(phone)
  await page.getByRole('button', { name: 'Send a code' }).click()
  const code = /\d{6}/.exec(await textOf(page, phone, /is your Waybill code/))![0]
  await page.getByLabel('Code', { exact: true }).fill(code === '000000' ? '000001' : '000000')
  await page.getByRole('button', { name: 'Confirm number' }).click()
  await expect(page.getByText('This is not the code. You have 4 more tries.')).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('Code', { exact: true }).fill(`${code.slice(0, 3)} ${code.slice(3)}`)
  await page.getByRole('button', { name: 'Confirm number' }).click()
  const part = page.getByRole('region', { name: 'Phone' })
  await expect(part.getByText('confirmed', { exact: true })).toBeVisible()
  await part.getByRole('button', { name: 'Remove number' }).click()
  await expect(part.getByText('confirmed', { exact: true })).toBeHidden()
  await textOf(page, phone, /This number is no longer that of your Waybill account/)
})

test('a person sees where they are logged in, and logs out another browser, whose live page ends', async ({
  page,
  visitor,
}) => {
  const person = newPerson()
  await signUp(page, person)
  await logIn(visitor, person)
  await visitor.goto('/welcome')
  await expect(visitor.getByText('This page follows along by itself.')).toBeVisible()
  await page.goto('/account/sessions')
  const sessions = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem')
  await expect(sessions).toHaveCount(2)
  await expect(sessions.first()).toContainText(/this browser.*by signing up/)
  await expect(sessions.last()).toContainText(/Chrom\w* .*on \w+/)
  await sessions
    .last()
    .getByRole('button', { name: /Log out/ })
    .click()
  await page.getByLabel('Your password').fill('not my password')
  await page.getByRole('button', { name: 'Log out there' }).click()
  await expect(page.getByText('This is not your password.')).toBeVisible()
  await page.getByLabel('Your password').fill(person.password)
  await page.getByRole('button', { name: 'Log out there' }).click()
  await expect(sessions).toHaveCount(1)
  await expect(page.getByText('One browser was logged out.')).toBeVisible()
  await expect(visitor.getByText('You were logged out. Log in again to follow along.')).toBeVisible()
  await visitor.goto('/account')
  await expect(visitor).toHaveURL(/\/login/)
})

test('a person reads what happened to their account, in plain words', async ({ page }) => {
  const person = newPerson('Anna Berg')
  await signUp(page, person)
  await page.goto('/account')
  await page.getByRole('textbox', { name: 'Name' }).fill('Anna Tal')
  await page.getByRole('button', { name: 'Save name' }).click()
  await expect(page.getByText('Your name is changed.')).toBeVisible()
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page.getByRole('button', { name: 'Log out' })).toBeHidden()
  await logIn(page, person)
  const history = page.getByRole('list', { name: 'History' })
  await expect(async () => {
    await page.goto('/account/history')
    await expect(history).toContainText('You changed your name to Anna Tal.', { timeout: 500 })
    await expect(history).toContainText(/You logged in with \w+/, { timeout: 500 })
    await expect(history).toContainText(/You logged out with \w+/, { timeout: 500 })
    await expect(history).toContainText('We sent you the link that confirms your address.', { timeout: 500 })
  }).toPass()
  await expect(history.getByRole('listitem').last()).toContainText('You created your account.')
})
