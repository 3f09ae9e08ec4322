import type { CDPSession, Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { linkIn, textOf } from './mail.ts'
import { test as onOwnApp } from './own-app-test.ts'
import { expect, logIn, newPerson, OPERATOR, type Person, signUp, test } from './people.ts'

/** A device with a screen lock that its owner always opens at once. */
async function addDevice(page: Page): Promise<{ client: CDPSession; authenticatorId: string }> {
  const client = await page.context().newCDPSession(page)
  await client.send('WebAuthn.enable')
  const { authenticatorId } = await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { client, authenticatorId }
}

/** As browsers are that do not show passkeys in a field: the button remains. */
async function offerNothing(page: Page): Promise<void> {
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false
  })
}

async function addPasskey(page: Page, person: Person, name: string): Promise<void> {
  await page.goto('/account/security')
  await page.getByLabel('Name of the new passkey').fill(name)
  await page.getByLabel('Your password').fill(person.password)
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(page.getByRole('list', { name: 'Passkeys' })).toContainText(name)
}

async function logOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page.getByRole('button', { name: 'Log out' })).toBeHidden()
}

async function usePasskey(page: Page): Promise<void> {
  await offerNothing(page)
  await page.goto('/login')
  await page.getByRole('button', { name: 'Use a passkey' }).click()
}

const isIn = (page: Page) => expect(page.getByRole('button', { name: 'Log out' })).toBeVisible()
const isRefused = (page: Page) =>
  expect(page.getByText('This passkey does not belong to an account here')).toBeVisible()

test('a member adds a passkey, and gets in with it alone', async ({ page }) => {
  const person = newPerson()
  await addDevice(page)
  await signUp(page, person)
  await addPasskey(page, person, 'My phone')
  await expect(page.getByText('Added. You can log in with it from now on.')).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'My phone' })).toContainText('Not used yet')
  await expectAccessible(page)
  await logOut(page)
  await usePasskey(page)
  await isIn(page)
  await page.goto('/account/security')
  await expect(page.getByRole('listitem').filter({ hasText: 'My phone' })).toContainText('Last used on')
})

test('a browser offers its passkey where the address is typed', async ({ page }) => {
  const person = newPerson()
  await addDevice(page)
  await signUp(page, person)
  await addPasskey(page, person, 'My phone')
  await logOut(page)
  // The device takes what it is offered: a click into the field, and on the passkey that shows there.
  await page.goto('/login')
  await isIn(page)
})

test('whoever does not know the password adds no passkey at an open browser', async ({ page }) => {
  await addDevice(page)
  await signUp(page, newPerson())
  await page.goto('/account/security')
  await page.getByLabel('Name of the new passkey').fill('Not mine')
  await page.getByLabel('Your password').fill('somebody guesses')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(page.getByText('This is not your password.')).toBeVisible()
  await expect(page.getByRole('list', { name: 'Passkeys' })).toBeHidden()
})

test('a member renames a passkey, and one that is removed opens nothing any more', async ({ page }) => {
  const person = newPerson()
  await addDevice(page)
  await signUp(page, person)
  await addPasskey(page, person, 'Old name')
  await page.getByRole('button', { name: 'Rename Old name' }).click()
  await page.getByLabel('New name').fill('New name of it')
  await page.getByRole('button', { name: 'Rename' }).click()
  await expect(page.getByRole('list', { name: 'Passkeys' })).toContainText('New name of it')
  await page.getByRole('button', { name: 'Remove New name of it' }).click()
  const removal = page.getByRole('form', { name: 'Remove New name of it' })
  await removal.getByLabel('Your password').fill('somebody guesses')
  await removal.getByRole('button', { name: 'Remove for good' }).click()
  await expect(removal.getByText('This is not your password.')).toBeVisible()
  await removal.getByLabel('Your password').fill(person.password)
  await removal.getByRole('button', { name: 'Remove for good' }).click()
  await expect(page.getByRole('list', { name: 'Passkeys' })).toBeHidden()
  await logOut(page)
  await usePasskey(page)
  await isRefused(page)
})

test('whoever chooses a new password by the link can take the passkeys along, and is told', async ({ page }) => {
  const person = newPerson()
  await addDevice(page)
  await signUp(page, person)
  await addPasskey(page, person, 'My phone')
  await logOut(page)
  await page.goto('/forgot')
  await page.getByLabel('Email').fill(person.email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await page.goto(await linkIn(page, person.email, /choose a new password/i))
  await expect(page.getByLabel('Remove my passkey, too')).toBeChecked()
  await expectAccessible(page)
  await page.getByLabel('New password').fill('quite another long password')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('Your passkeys are removed.')).toBeVisible()
  await textOf(page, person.email, /Your passkeys were removed/)
  await usePasskey(page)
  await isRefused(page)
})

test('the answer of a device counts once, and that of its copy not at all', async ({ page }) => {
  const person = newPerson()
  const { client, authenticatorId } = await addDevice(page)
  await signUp(page, person)
  await addPasskey(page, person, 'My key')
  await logOut(page)
  const { credentials } = await client.send('WebAuthn.getCredentials', { authenticatorId })
  const [copy] = credentials
  const answered = page.waitForRequest('**/api/trpc/accounts.logInWithPasskey**')
  await usePasskey(page)
  const request = await answered
  await isIn(page)
  const again = await page.request.post(request.url(), { data: request.postDataJSON() })
  expect(await again.text()).toContain('"outcome":"refused"')
  await logOut(page)
  await client.send('WebAuthn.removeCredential', { authenticatorId, credentialId: copy!.credentialId })
  await client.send('WebAuthn.addCredential', { authenticatorId, credential: copy! })
  await usePasskey(page)
  await isRefused(page)
})

// On an app of its own: what is demanded there is demanded of all operators.
onOwnApp(
  'an operator asks operators and viewers for a passkey, without which they are members',
  async ({ operator, page, pool }) => {
    await addDevice(operator)
    await operator.goto('/inspector/settings')
    await expect(operator.getByText('You came in with your password.')).toBeVisible()
    await addPasskey(operator, OPERATOR, 'My key')
    await logOut(operator)
    await usePasskey(operator)
    await isIn(operator)
    await operator.goto('/inspector/settings')
    await operator.getByRole('button', { name: 'Ask for a passkey' }).click()
    await expect(operator.getByText('Operators and viewers must come in with a passkey.')).toBeVisible()
    await expectAccessible(operator)

    await logOut(operator)
    await logIn(operator, OPERATOR)
    await operator.goto('/inspector/live')
    await expect(operator.getByRole('heading', { name: 'Come in with a passkey' })).toBeVisible()
    await operator.getByRole('button', { name: 'Use a passkey' }).click()
    await expect(operator).toHaveURL('/inspector')
    await expect(operator.getByRole('heading', { name: 'Come in with a passkey' })).toBeHidden()

    // Somebody who has none adds the first one, and comes in with it.
    const person = newPerson('Vera Viewer')
    await addDevice(page)
    await offerNothing(page)
    await signUp(page, person)
    await pool.query(`UPDATE users SET role = 'viewer' WHERE role = 'member'`)
    await page.goto('/inspector')
    await expect(page.getByText('You have none yet.')).toBeVisible()
    await expectAccessible(page)
    await page.getByLabel('Name of the new passkey').fill('My phone')
    await page.getByLabel('Your password').fill(person.password)
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await expect(page.getByRole('navigation', { name: 'Inspector' })).toBeVisible()

    await operator.goto('/inspector/settings')
    await operator.getByRole('button', { name: 'Let a password do' }).click()
    await expect(operator.getByText('Operators and viewers may come in with a password alone.')).toBeVisible()
  },
)
