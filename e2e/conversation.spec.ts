import { readFile } from 'node:fs/promises'
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

  // What it set off went on after the handler was done; its name says what it is.
  await expect(operator.getByTitle(/^What it set off went on for /).first()).toBeVisible()
  await expect(operator.getByTitle(/^accounts\.user-account-created\n\S/).first()).toBeVisible()

  // A window over everything is taken by its ends.
  const everything = operator.getByTitle(/^Drag to choose what is shown/)
  const box = (await everything.boundingBox())!
  const drag = async (from: number, to: number) => {
    await operator.mouse.move(box.x + box.width * from, box.y + box.height / 2)
    await operator.mouse.down()
    await operator.mouse.move(box.x + box.width * to, box.y + box.height / 2)
    await operator.mouse.up()
  }
  const zoomOf = () => new URL(operator.url()).searchParams.get('zoom')?.split('-').map(Number) ?? []
  await drag(0.4, 0.6)
  await expect(operator).toHaveURL(/zoom=/)
  const [from, to] = zoomOf()
  await drag(0.6, 0.9)
  await expect.poll(() => zoomOf()[1]).toBeGreaterThan(to!)
  expect(zoomOf()[0]).toBe(from)
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
  await expect(operator.getByRole('list', { name: 'Processes' })).toContainText('has not begun')
  const accounts = row(operator, 'accounts.create-user').nth(1)
  await expect(accounts).toContainText('pending')
  await tree(operator).focus()
  // When it was due may be a change of its own, between its sending and its start.
  await expect(async () => {
    await operator.keyboard.press('.')
    await expect(accounts).toContainText('running', { timeout: 1_000 })
  }).toPass()
  await operator.keyboard.press(',')
  await expect(accounts).toContainText('pending')
})

test('the table says of every delivery what the tree draws, in any order', async ({ operator, visitor }) => {
  await signUp(visitor, newPerson())
  await openConversation(operator)
  await expect(row(operator, 'communication.confirmation-email-sent')).toBeVisible()
  await operator.getByRole('tab', { name: 'Table' }).click()
  const table = operator.getByRole('grid', { name: 'Deliveries' })
  const first = table.getByRole('row').nth(1)
  await expect(first).toContainText('accounts.create-user')
  const sentAt = first.getByTitle(/\(UTC\)/)
  const second = table
    .getByRole('row')
    .nth(2)
    .getByTitle(/\(UTC\)/)
  await operator.getByRole('button', { name: 'Since the row before' }).click()
  await expect(table.getByRole('columnheader', { name: 'Since before' })).toBeVisible()
  await expect(sentAt).toHaveText('+0 ms')
  await expect(second).toHaveText(/^\+\d/)
  await expect(operator).toHaveURL(/view=table/)
  await operator.reload()
  await expect(table.getByRole('columnheader', { name: 'Since before' })).toBeVisible()
  await operator.getByRole('button', { name: 'Since the row before' }).click()
  await table.getByRole('button', { name: 'Handler' }).click()
  await table.getByRole('button', { name: 'Handler' }).click()
  await expect(table.getByRole('columnheader', { name: 'Handler' })).toHaveAttribute('aria-sort', 'descending')
  await expect(operator).toHaveURL(/view=table.*sort=-handler/)
  await operator.reload()
  await expect(table.getByRole('columnheader', { name: 'Handler' })).toHaveAttribute('aria-sort', 'descending')
  await operator.getByRole('slider', { name: 'Playhead' }).fill('0')
  await expect(table.getByText('not sent yet').first()).toBeVisible()
  await table.focus()
  await operator.keyboard.press('ArrowDown')
  await expect(first).toHaveAttribute('aria-selected', 'true')
  await operator.keyboard.press('Enter')
  await expect(operator.getByRole('list', { name: 'Deliveries' })).toBeVisible()
})

test('the sequence is walked from what was sent to where it was handled, and taken along', async ({
  operator,
  visitor,
}) => {
  await signUp(visitor, newPerson())
  await openConversation(operator)
  await expect(row(operator, 'communication.confirmation-email-sent')).toBeVisible()
  await operator.getByRole('tab', { name: 'Sequence' }).click()
  const sequence = operator.getByRole('grid', { name: 'Sequence' })
  await expect(sequence.getByRole('columnheader', { name: 'accounts', exact: true })).toBeVisible()
  await sequence.focus()
  await operator.keyboard.press('ArrowDown')
  const selected = sequence.getByRole('row', { selected: true })
  await expect(selected.getByRole('gridcell', { name: /^outside sent command accounts.create-user/ })).toBeVisible()
  await operator.keyboard.press('ArrowRight')
  await expect(selected.getByRole('gridcell', { name: /^accounts.create-user, attempt 1/ })).toBeVisible()
  const words = operator.getByRole('region', { name: 'In words' }).getByRole('button')
  await expect(words).toContainText([/outside sent command/, /accounts.create-user, attempt 1: succeeded/])
  await operator.keyboard.press('ArrowLeft')
  await expect(selected.getByRole('gridcell', { name: /^outside sent/ })).toBeVisible()
  const text = await clipboardOf(operator, () => operator.getByRole('button', { name: 'Copy as Mermaid' }).click())
  expect(text).toMatch(/^sequenceDiagram\n {2}participant L0 as outside\n/)
  expect(text).toContain('->>')
  for (const [button, start] of [
    ['SVG', '<svg'],
    ['PNG', '\u{89}PNG'],
  ] as const) {
    const saved = operator.waitForEvent('download')
    await operator.getByRole('button', { name: button, exact: true }).click()
    const content = await readFile(await (await saved).path(), 'latin1')
    expect(content.slice(0, 4)).toBe(start)
  }
})

test('the graph leads from a cause to what it caused', async ({ operator, visitor }) => {
  await signUp(visitor, newPerson())
  await openConversation(operator)
  await expect(row(operator, 'communication.confirmation-email-sent')).toBeVisible()
  await tree(operator).focus()
  await operator.keyboard.press('3')
  const graph = operator.getByRole('tree', { name: 'Causes' })
  const selected = graph.getByRole('treeitem', { selected: true })
  await graph.focus()
  await operator.keyboard.press('ArrowDown')
  await expect(selected).toHaveAccessibleName(/^accounts.create-user/)
  await operator.keyboard.press('ArrowRight')
  await expect(selected).toHaveAttribute('aria-level', '2')
  await operator.getByRole('slider', { name: 'Playhead' }).fill('0')
  await expect(graph.getByRole('treeitem', { name: /not sent yet/ }).first()).toBeVisible()
})

/** What an action leaves in the clipboard. */
async function clipboardOf(page: Page, act: () => Promise<void>): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await act()
  await expect(page.getByText('Copied as Mermaid.')).toBeVisible()
  return page.evaluate(() => navigator.clipboard.readText())
}
