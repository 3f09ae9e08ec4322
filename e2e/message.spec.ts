import { expectAccessible, expectAccessibleInBoth } from './accessible.ts'
import { lane, openNewest, setFault, stopFault } from './inspector.ts'
import { expect, newPerson, signUp, test } from './people.ts'

const PHONE = '+49 170 7654321'
/** One that no other test makes fail. */
const AUDIT = 'audit.record-sms-sent'

test('a message says in one sentence what is wrong, and is compared with the last good one', async ({
  operator,
  visitor,
  browser,
}) => {
  await signUp(visitor, newPerson(), PHONE)
  await openNewest(operator, 'communication.sms-sent')
  await expect(operator.getByText('The SMS provider took the text.')).toBeVisible()
  const explanation = operator.getByRole('region', { name: 'Explanation' })
  await expect(explanation).toContainText(/handlers were done .* after it was sent/)
  await setFault(operator, AUDIT, { fails: 6 })
  const other = await browser.newContext()
  await signUp(await other.newPage(), newPerson(), PHONE)
  await openNewest(operator, 'communication.sms-sent')
  await expect(lane(operator, AUDIT)).toContainText(/It failed (twice|3 times)/, { timeout: 20_000 })
  await expect(explanation).toContainText(`${AUDIT}: it failed`)
  await expect(explanation).toContainText('The other handler was not affected.')

  await operator.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await operator.getByRole('button', { name: 'Copy as failing test' }).click()
  await expect(operator.getByText(/^Copied. Save it as src\/server/)).toBeVisible()
  expect(await operator.evaluate(() => navigator.clipboard.readText())).toContain(`subscription: "${AUDIT}"`)

  const message = operator.url()
  await operator.getByRole('link', { name: 'Compare with the last good one of this type' }).click()
  await expect(operator).toHaveURL(/compare\?a=.*&b=/)
  const comparison = operator.getByRole('treegrid', { name: 'Comparison' })
  const rows = comparison.getByRole('row')
  await expect(rows.filter({ hasText: AUDIT })).toContainText(/(retrying|running), not succeeded/)
  await rows.filter({ hasText: 'communication.sms-sent' }).click()
  await expect(operator.getByRole('region', { name: 'Payloads' })).toContainText('userId')

  await operator.goto(message)
  await lane(operator, AUDIT).getByRole('button', { name: AUDIT, exact: true }).click()
  await operator.getByRole('link', { name: 'The first and the last on a page' }).click()
  const table = operator.getByRole('table', { name: 'Attempts side by side' })
  await expect(table.getByRole('columnheader', { name: /attempt [23]/ })).toBeVisible()
  // Each of them has an address of its own, which opens it.
  await table.getByRole('link', { name: /attempt 1/ }).click()
  await expect(operator).toHaveURL(/h=[\da-f-]{36}&attempt=1$/)
  const attempt = (number: number) => operator.locator(`[data-attempt="${number}"]`)
  await expect(attempt(1)).toHaveAttribute('aria-current', 'true')
  await expect(attempt(1)).toBeInViewport()
  await operator.getByRole('link', { name: 'Attempt 2', exact: true }).click()
  await operator.getByRole('button', { name: 'Raw' }).click()
  await expect(operator).toHaveURL(/attempt=2&tab=raw$/)
  await operator.reload()
  await expect(attempt(2)).toHaveAttribute('aria-current', 'true')
  await expect(operator.getByRole('button', { name: 'Raw' })).toHaveAttribute('aria-pressed', 'true')
  await operator.goto(message)
  await stopFault(operator, AUDIT)
  await other.close()
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

  await operator.getByRole('button', { name: 'Diff', exact: true }).click()
  await operator.getByRole('combobox', { name: 'Compared with' }).selectOption('previous')
  await expect(operator.getByRole('list', { name: 'Differences' })).toContainText('userId')
  await expect(operator.getByText(/^Masked in both/)).toBeVisible()

  // What travels with it, and what is known of it, are two things.
  await operator.getByRole('button', { name: 'Headers' }).click()
  await expect(operator).toHaveURL(/tab=headers$/)
  await operator.getByRole('button', { name: 'Copy causing delivery' }).click()
  await expect.poll(copied).toMatch(/^[0-9a-f-]{36}$/)
  await operator.getByRole('button', { name: 'Copy headers' }).click()
  await expect.poll(copied).toContain('"name": "accounts.user-account-created"')
  await expectAccessibleInBoth(operator)
  await operator.getByRole('button', { name: 'Metadata' }).click()
  const metadata = operator.locator('dl[aria-label="Metadata"]')
  await expect(metadata).toContainText('module accounts')
  await expect(metadata).toContainText('version 1, the newest of this build')
  await expect(metadata).toContainText('email personal, sealed')
  await expect(metadata).toContainText(/removed(after|not as long)/)
  expect(await metadata.textContent()).not.toContain(person.email)
  await expectAccessible(operator)
})
