import { largeTopology } from '../src/inspector/model/topology/testing/large.ts'
import { expectAccessibleInBoth } from './accessible.ts'
import { answerWith } from './api.ts'
import { expect, newPerson, signUp, test } from './people.ts'

test('the map shows who sends what to whom, and a focus with its surroundings', async ({ operator, visitor }) => {
  await signUp(visitor, newPerson())
  await operator.goto('/inspector/topology?show=all&fold=bus,inspector')
  const map = operator.getByLabel('Map of who sends what to whom')
  const created = map.getByRole('button', { name: /^user-account-created accounts · [1-9].*, event$/ })
  await expect(created).toBeVisible()
  await expect(map.getByRole('button', { name: /^inspector .*, folded module$/ })).toBeVisible()
  await created.press('Enter')
  await expect(operator).toHaveURL(/focus=t%3Aaccounts\.user-account-created/)
  await operator.getByRole('combobox', { name: 'Steps' }).selectOption('1')
  await expect(map.getByRole('button', { name: /^decide-sms communication · .*, handler$/ })).toBeVisible()
  await expect(map.getByRole('button', { name: /^send-sms communication · .*, command$/ })).toHaveCount(0)
  await operator.reload()
  await expect(created).toHaveAttribute('aria-pressed', 'true')
  await operator.getByRole('button', { name: 'Show everything' }).click()
  await expect(map.getByRole('button', { name: /^send-sms communication · .*, command$/ })).toBeVisible()
})

test('axe finds nothing serious on the map in either theme', async ({ operator }) => {
  // From near, where names are seen, and from so far that shapes alone are.
  for (const path of ['/inspector/topology', '/inspector/topology?fold=bus']) {
    await operator.goto(path)
    await expect(operator.getByRole('button', { name: /^create-user accounts · .*, command$/ })).toBeVisible()
    await expectAccessibleInBoth(operator)
  }
})

test('a module is folded into one node, and unfolded from the map', async ({ operator }) => {
  await operator.goto('/inspector/topology?show=all&fold=bus,inspector')
  const map = operator.getByLabel('Map of who sends what to whom')
  await operator.getByRole('button', { name: 'communication', exact: true }).click()
  const module = map.getByRole('button', { name: /^communication .*, folded module$/ })
  await expect(module).toBeVisible()
  await expect(map.getByRole('button', { name: /^send-sms / })).toHaveCount(0)
  await module.press('Enter')
  await expect(map.getByRole('button', { name: /^send-sms communication · .*, command$/ })).toBeVisible()
})

test('the table tells the same as the map, with a word for each route', async ({ operator, visitor }) => {
  await signUp(visitor, newPerson())
  await operator.goto('/inspector/topology?view=table&show=all')
  const routes = operator.getByRole('table', { name: 'Routes' })
  const sent = routes.getByRole('row', { name: /accounts\.create-user event accounts\.user-account-created/ })
  await expect(sent).toContainText('seen')
  await expect(routes.getByRole('row', { name: /^command accounts\.confirm-email/ }).first()).toContainText(/seen/)
  await sent.getByRole('button', { name: 'accounts.user-account-created' }).click()
  await expect(operator.getByText('accounts.user-account-created').first()).toBeVisible()
  await expect(operator).toHaveURL(/focus=/)
})

test('a map of 300 types is laid out, and what changes changes in place', async ({ operator }) => {
  let round = 0
  await answerWith(operator, 'inspector.topology', () => largeTopology(300, round++))
  await operator.goto('/inspector/topology?fold=')
  const map = operator.getByLabel('Map of who sends what to whom')
  const nodes = map.getByRole('button', { name: / module-\d+ · / })
  // Of its 300 handlers and 300 types nothing went along the routes of 19.
  await expect(nodes).toHaveCount(581, { timeout: 20_000 })
  await operator.getByRole('button', { name: 'All that is declared' }).click()
  await expect(nodes).toHaveCount(600)
  const first = map.getByRole('button', { name: /^do-0 module-0 · .*, command$/ })
  const before = await first.boundingBox()
  const words = await first.getAttribute('aria-label')
  await expect.poll(() => first.getAttribute('aria-label'), { timeout: 15_000 }).not.toBe(words)
  expect(await first.boundingBox()).toEqual(before)
  await operator.getByRole('button', { name: 'Fold all' }).click()
  await expect(map.getByRole('button', { name: /, folded module$/ })).toHaveCount(20)
})

test('a type says who owns, sends and handles it, and what of it is classified', async ({ operator, visitor }) => {
  await signUp(visitor, newPerson())
  await operator.goto('/inspector/types')
  await operator.getByRole('searchbox', { name: 'Find a type' }).fill('create-user')
  await expect(operator).toHaveURL(/q=create-user/)
  const types = operator.getByRole('table', { name: 'Types' })
  await expect(types.getByRole('link')).toHaveCount(1)
  await types.getByRole('link').click()
  await expect(operator.getByRole('heading', { name: 'accounts.create-user' })).toBeVisible()
  await operator.goBack()
  await expect(operator.getByRole('searchbox', { name: 'Find a type' })).toHaveValue('create-user')
  await types.getByRole('link').click()
  await expect(operator.getByRole('region', { name: 'Sent by' })).toContainText('From outside the bus')
  await expect(operator.getByRole('region', { name: 'Handled by' })).toContainText(/transactional, [1-9]/)
  const fields = operator.getByRole('region', { name: 'Fields of the body' })
  await expect(fields.getByRole('row', { name: /passwordHash/ })).toContainText('secret, sealed')
  await expect(fields.getByRole('row', { name: /email/ })).toContainText('personal, masked')
  await operator.getByRole('link', { name: 'On the map' }).click()
  await expect(operator.getByRole('heading', { name: 'Topology' })).toBeVisible()
})

test('the palette finds a type by a piece of its name', async ({ operator }) => {
  await operator.goto('/inspector')
  await operator.keyboard.press('ControlOrMeta+k')
  await expect(operator.getByRole('combobox', { name: 'Go to any id, page or action' })).toBeFocused()
  await operator.keyboard.type('email-confirm')
  await operator.getByRole('option', { name: /accounts\.email-confirmed.*type/ }).click()
  await expect(operator).toHaveURL('/inspector/types/accounts.email-confirmed')
})
