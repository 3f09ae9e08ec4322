import { lane, openNewest, setFault } from './inspector.ts'
import { expect, newPerson, signUp, test } from './people.ts'

test('a message says in one sentence what is wrong, and who is not affected', async ({ operator, visitor }) => {
  await openNewest(operator, 'accounts.user-account-created')
  const explanation = operator.getByRole('region', { name: 'Explanation' })
  await expect(explanation).toContainText(/handlers were done .* after it was sent/)
  await setFault(operator, 'insights.count-sign-up', { fails: 6 })
  await signUp(visitor, newPerson())
  await openNewest(operator, 'accounts.user-account-created')
  await expect(lane(operator, 'insights.count-sign-up')).toContainText('Given up after 6 attempts', { timeout: 30_000 })
  await expect(explanation).toContainText('insights.count-sign-up: given up after 6 attempts')
  await expect(explanation).toContainText(/The other \d were not affected\./)
})
