import type { Page } from '@playwright/test'
import { openNewest } from './inspector.ts'
import { expect, newPerson, signUp, test } from './people.ts'

const tree = (page: Page) => page.getByRole('treegrid', { name: 'Conversation' })
const row = (page: Page, name: string) => tree(page).getByRole('row').filter({ hasText: name })

async function openConversation(page: Page): Promise<void> {
  await openNewest(page, 'accounts.user-account-created')
  await page.getByRole('link', { name: 'Its conversation' }).click()
  await expect(tree(page)).toBeVisible()
}

test('a sign-up is a tree of causes, from the request to the e-mail that was sent', async ({ operator, visitor }) => {
  await signUp(visitor, newPerson())
  await openConversation(operator)
  await expect(row(operator, 'communication.confirmation-email-sent')).toBeVisible()
  await expect(row(operator, 'accounts.create-user').first()).toHaveAttribute('aria-level', '1')
  await expect(row(operator, 'accounts.user-account-created')).toHaveAttribute('aria-level', '3')
  await expect(operator.getByRole('list', { name: 'Processes' })).toContainText('registration.sign-up')
})

test('what is folded says what it hides, and the address keeps it', async ({ operator, visitor }) => {
  await signUp(visitor, newPerson())
  await openConversation(operator)
  await operator.getByRole('button', { name: 'Fold accounts.user-account-created' }).click()
  const folded = row(operator, 'accounts.user-account-created')
  await expect(folded).toContainText(/\d+ hidden/)
  await expect(operator).toHaveURL(/fold=/)
  await operator.reload()
  await expect(folded).toHaveAttribute('aria-expanded', 'false')
})

test('the tree is walked, folded and opened by keyboard alone', async ({ operator, visitor }) => {
  await signUp(visitor, newPerson())
  await openConversation(operator)
  await tree(operator).focus()
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) await operator.keyboard.press(key)
  const third = row(operator, 'accounts.user-account-created')
  await expect(third).toHaveAttribute('aria-selected', 'true')
  await operator.keyboard.press('ArrowLeft')
  await expect(third).toHaveAttribute('aria-expanded', 'false')
  await operator.keyboard.press('ArrowRight')
  await expect(third).toHaveAttribute('aria-expanded', 'true')
  await operator.keyboard.press('Enter')
  await expect(operator.getByRole('list', { name: 'Deliveries' })).toBeVisible()
})

test('the playhead shows how everything stood at a moment, one change at a time', async ({ operator, visitor }) => {
  await signUp(visitor, newPerson())
  await openConversation(operator)
  await expect(row(operator, 'communication.confirmation-email-sent')).toBeVisible()
  await tree(operator).focus()
  await operator.getByRole('slider', { name: 'Playhead' }).fill('0')
  await expect(operator).toHaveURL(/t=0/)
  const accounts = row(operator, 'accounts.create-user').nth(1)
  await expect(accounts).toContainText('pending')
  await tree(operator).focus()
  await operator.keyboard.press('.')
  await expect(accounts).toContainText('running')
  await operator.keyboard.press(',')
  await expect(accounts).toContainText('pending')
})
