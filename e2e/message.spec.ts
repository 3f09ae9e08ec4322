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

test('a payload is searched, copied from and compared, and what is masked stays masked', async ({
  operator,
  visitor,
}) => {
  const person = newPerson('Zoe Zander')
  await signUp(visitor, person)
  await openNewest(operator, 'accounts.user-account-created')
  await operator.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const copied = () => operator.evaluate(() => navigator.clipboard.readText())
  const tree = operator.getByRole('tree', { name: 'Payload' })
  await expect(tree).toContainText('••••')

  const find = operator.getByRole('searchbox', { name: 'Find in the payload' })
  await find.fill('userId')
  await expect(tree.getByRole('treeitem', { selected: true })).toContainText('userId')
  await operator.getByRole('button', { name: 'Copy path' }).click()
  await expect.poll(copied).toBe('userId')
  await operator.getByRole('button', { name: 'Copy value' }).click()
  await expect.poll(copied).toMatch(/^[0-9a-f-]{36}$/)
  await operator.getByRole('button', { name: 'Copy as fixture' }).click()
  await expect.poll(copied).toContain('"name": "accounts.user-account-created"')
  await operator.getByRole('button', { name: 'Copy as cURL' }).click()
  await expect.poll(copied).toContain('/api/trpc/inspector.payload?input=')
  await operator.getByRole('button', { name: 'Copy JSON' }).click()
  await expect.poll(copied).toContain('••••')
  expect(await copied()).not.toContain(person.email)

  await operator.getByRole('button', { name: 'Differences' }).click()
  await operator.getByRole('combobox', { name: 'Compared with' }).selectOption('previous')
  await expect(operator.getByRole('list', { name: 'Differences' })).toContainText('userId')
  await expect(operator.getByText(/^Masked in both/)).toBeVisible()
})
