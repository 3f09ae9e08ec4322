import { lane, openNewest, setFault } from './inspector.ts'
import { expect, newPerson, signUp, test } from './people.ts'

// The faults of these tests belong to handlers of the whole app.
test.describe.configure({ mode: 'serial' })

test("an operator watches a second browser's sign-up fan out live", async ({ operator, visitor }) => {
  await operator.goto('/inspector/live')
  const grid = operator.getByRole('grid', { name: 'Messages' })
  await expect(operator.getByText('Live', { exact: true }).first()).toBeVisible()
  const links = grid.getByRole('link', { name: 'accounts.user-account-created' })
  const before = await links
    .first()
    .getAttribute('href')
    .catch(() => null)
  await signUp(visitor, newPerson())
  await expect(links.first()).not.toHaveAttribute('href', before ?? '')
  await links.first().click()
  for (const handler of [
    'communication.decide-confirmation-email',
    'audit.record-account-created',
    'insights.count-sign-up',
  ]) {
    await expect(lane(operator, handler)).toContainText('succeeded')
  }
  await expect(lane(operator, 'communication.decide-sms')).toContainText('skipped')
  await expect(lane(operator, 'communication.decide-sms')).toContainText('no phone number given')
})

test('a handler fails three times and then succeeds, and its lane shows it', async ({ operator, visitor }) => {
  await openNewest(operator, 'accounts.user-account-created')
  await setFault(operator, 'insights.count-sign-up', { fails: 2 })
  await signUp(visitor, newPerson())
  await openNewest(operator, 'accounts.user-account-created')
  const counting = lane(operator, 'insights.count-sign-up')
  await expect(counting).toContainText('retrying')
  await expect(counting).toContainText('succeeded', { timeout: 20_000 })
  await expect(counting).toContainText('3/6')
  await expect(lane(operator, 'audit.record-account-created')).toContainText('1/6')
})
