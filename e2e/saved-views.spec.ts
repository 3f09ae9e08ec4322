import { chips } from './inspector.ts'
import { expect, newPerson, signUp, test } from './people.ts'

test('a saved view has a sign and a key, and is an alert where too much of it was sent', async ({
  operator,
  visitor,
}) => {
  await operator.goto('/inspector/live?q=type:accounts.create-user')
  const views = operator.getByRole('button', { name: 'Views' })
  await views.click()
  await operator.getByLabel('Save this filter as').fill('Sign-ups')
  await operator.getByRole('radio', { name: 'person' }).check({ force: true })
  await operator.getByLabel('Key, after v').selectOption('4')
  await operator.getByLabel('Alert from').fill('1')
  await operator.getByRole('button', { name: 'Save', exact: true }).click()
  const list = operator.getByRole('list', { name: 'Saved views' })
  await expect(list).toContainText('alert from 1 in 15 minutes')
  await operator.goto('/inspector/live')
  await expect(operator.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await operator.keyboard.press('v')
  await operator.keyboard.press('4')
  await expect(chips(operator)).toHaveText('type:accounts.create-user')

  await signUp(visitor, newPerson())
  await operator.goto('/inspector')
  const alerts = operator.getByRole('region', { name: 'Alerts of saved views' })
  await expect(alerts).toContainText(/Sign-ups (raised|elevated)/, { timeout: 30_000 })
  await alerts.getByRole('link', { name: /Sign-ups/ }).click()
  await expect(chips(operator)).toHaveText('type:accounts.create-user')
  await views.click()
  await list.getByRole('button', { name: 'Remove Sign-ups' }).click()
  await expect(list.getByRole('button', { name: 'Remove Sign-ups' })).toHaveCount(0)
})
