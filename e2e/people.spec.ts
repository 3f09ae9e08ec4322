import { linkIn, mailTo } from './mail.ts'
import { expect, logIn, newPerson, signUp, test } from './people.ts'

test('an operator invites somebody as a viewer, who joins by the link in the letter', async ({ operator, visitor }) => {
  const person = newPerson('Ines Invited')
  await operator.goto('/people')
  await operator.getByLabel('Email', { exact: true }).fill(person.email)
  await operator.getByLabel('Role', { exact: true }).selectOption('viewer')
  await operator.getByLabel('Language of the letter').selectOption('Deutsch')
  await operator.getByRole('button', { name: 'Invite', exact: true }).click()
  const invitations = operator.getByRole('list', { name: 'Invitations' })
  await expect(invitations).toContainText(person.email)

  await visitor.goto(await linkIn(visitor, person.email, /Einladung/))
  await expect(visitor.getByText('You are invited to join as a viewer.')).toBeVisible()
  await expect(visitor.getByLabel('Email')).toHaveValue(person.email)
  await visitor.getByLabel('Name').fill(person.name)
  await visitor.getByLabel('Password').fill(person.password)
  await visitor.getByRole('button', { name: 'Create account' }).click()
  await visitor.waitForURL('**/welcome')
  await expect(visitor.getByRole('main')).toContainText('Address confirmed')
  await expect(visitor.getByRole('main')).toContainText('your address is confirmed already')
  await visitor.goto('/inspector/live')
  await expect(visitor.getByRole('grid', { name: 'Messages' })).toBeVisible()
  expect((await mailTo(visitor, person.email)).map((each) => each.subject)).not.toContain(
    'Please confirm your e-mail address',
  )
  await operator.reload()
  await expect(operator.getByText(person.email)).toHaveCount(0)
  // Whose address it is, is shown to whoever says why, and the person is told.
  await operator
    .getByRole('button', { name: `Show the address of ${person.name}` })
    .first()
    .click()
  await operator.getByLabel('Reason').fill('no')
  await operator.getByRole('button', { name: 'Show the address', exact: true }).click()
  await expect(operator.getByText('Please say why, in a few words.')).toBeVisible()
  await operator.getByLabel('Reason').fill('They called and asked')
  await operator.getByRole('button', { name: 'Show the address', exact: true }).click()
  await expect(operator.getByText(person.email)).toBeVisible()
  await operator.getByRole('button', { name: 'Hide now' }).click()
  await expect(operator.getByText(person.email)).toBeHidden()
  await expect(async () => {
    await visitor.goto('/account/history')
    await expect(visitor.getByRole('list', { name: 'History' })).toContainText('looked at your address', {
      timeout: 500,
    })
  }).toPass()
})

test('an invitation that was withdrawn leads nowhere', async ({ operator, visitor }) => {
  const person = newPerson()
  await operator.goto('/people')
  await operator.getByLabel('Email', { exact: true }).fill(person.email)
  await operator.getByRole('button', { name: 'Invite', exact: true }).click()
  const link = await linkIn(visitor, person.email, /invited/)
  await operator.getByRole('button', { name: `Withdraw the invitation of ${person.email}` }).click()
  await expect(operator.getByRole('button', { name: `Withdraw the invitation of ${person.email}` })).toBeHidden()
  await visitor.goto(link)
  await expect(visitor.getByText('This invitation does not work any more.')).toBeVisible()
})

test('an operator makes a member a viewer, who has to log in again', async ({ operator, page }) => {
  const person = newPerson('Rolf Role')
  await signUp(page, person)
  await operator.goto('/people')
  await operator.getByLabel('Find by address').fill(person.email.toUpperCase())
  await operator.getByRole('button', { name: 'Find' }).click()
  await operator.getByLabel('Role of Rolf Role').selectOption('viewer')
  await operator.getByRole('button', { name: 'Make Rolf Role viewer' }).click()
  await expect(operator.getByRole('button', { name: 'Make Rolf Role viewer' })).toBeHidden()
  await expect(operator.getByLabel('Role of Rolf Role')).toHaveValue('viewer')
  await page.goto('/account')
  await expect(page).toHaveURL(/\/login/)
  await logIn(page, person)
  await page.goto('/inspector/live')
  await expect(page.getByRole('grid', { name: 'Messages' })).toBeVisible()
  await expect(async () => {
    await page.goto('/account/history')
    const history = page.getByRole('list', { name: 'History' })
    await expect(history).toContainText('An operator changed your role from member to viewer.', { timeout: 500 })
  }).toPass()
  await page.goto('/people')
  await expect(page.getByRole('heading', { name: 'This page is for operators' })).toBeVisible()
  // And is logged out again, by an operator who thinks twice.
  await operator.getByRole('button', { name: 'End log-ins of Rolf Role' }).click()
  await operator.getByRole('button', { name: 'Log out everywhere' }).click()
  await expect(operator.getByText('Logged out of one browser.')).toBeVisible()
  await page.goto('/account')
  await expect(page).toHaveURL(/\/login/)
})
