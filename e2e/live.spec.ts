import type { Page } from '@playwright/test'
import { expectAccessibleInBoth } from './accessible.ts'
import { chips } from './inspector.ts'
import { Line } from './line.ts'
import { test } from './own-app-test.ts'
import { expect, newPerson, signUp } from './people.ts'

// On an app of their own: their sign-ups would use up the failures that other tests ask for, and those be in their lists.
test.use({ settings: { FAULTS: 'on' } })

const grid = (page: Page) => page.getByRole('grid', { name: 'Messages' })
const filterField = (page: Page) => page.getByLabel('Filter messages')

test('an operator who asks for a type is told of that alone, as it comes', async ({ operator, visitor }) => {
  await operator.goto(`/inspector/live?q=${encodeURIComponent('type:accounts.user-*')}`)
  await expect(operator.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  const links = grid(operator).getByRole('link', { name: 'accounts.user-account-created' })
  const before = await links
    .first()
    .getAttribute('href')
    .catch(() => null)
  await signUp(visitor, newPerson())
  await expect(links.first()).not.toHaveAttribute('href', before ?? '')
  await expect(grid(operator).getByRole('link', { name: 'accounts.create-user' })).toHaveCount(0)
  await expect(grid(operator).getByRole('link', { name: 'communication.' })).toHaveCount(0)
})

test('a filter that cannot be read is marked, and the list stays as it was', async ({ operator, visitor }) => {
  await signUp(visitor, newPerson())
  await operator.goto('/inspector/live')
  await filterField(operator).fill('type:accounts.create-user')
  await expect(grid(operator).getByRole('link', { name: 'accounts.user-account-created' })).toHaveCount(0)
  // At once: on a busy machine what is typed letter by letter is asked for in between.
  await filterField(operator).fill('type:accounts.create-user state:ded')
  await expect(operator.getByText('state: is one of pending')).toContainText('not ded')
  await expect(filterField(operator)).toHaveAttribute('aria-invalid', 'true')
  await expect(grid(operator).getByRole('link', { name: 'accounts.create-user' }).first()).toBeVisible()
  await filterField(operator).fill('type:accounts.create-user state:succeeded')
  await expect(operator.getByText('state: is one of')).toHaveCount(0)
  await expect(operator).toHaveURL(/q=type%3Aaccounts\.create-user\+state%3Asucceeded/)
})

test('an operator who knows an id pastes it, and sees the message', async ({ operator, visitor }) => {
  await signUp(visitor, newPerson())
  await operator.goto('/inspector/live?q=type:accounts.user-account-created')
  const href = await grid(operator)
    .getByRole('link', { name: 'accounts.user-account-created' })
    .first()
    .getAttribute('href')
  const id = href?.split('/').at(-1) ?? ''
  await filterField(operator).fill(id)
  await expect(grid(operator).locator('[data-row-link]')).toHaveCount(1)
  await expect(grid(operator).locator('[data-row-link]')).toHaveAttribute('href', href ?? '')
  // All that followed from it has its conversation.
  await expect(operator.getByText('1 message', { exact: true })).toBeVisible()
  // Whoever looks into it finds the list as it was when they come back.
  await grid(operator).locator('[data-row-link]').press('Enter')
  await expect(operator).toHaveURL(/\/inspector\/m\//)
  await operator.goBack()
  await expect(operator.getByText('1 message', { exact: true })).toBeVisible()
  await expect(grid(operator).locator('[data-row-link]')).toHaveCount(1)
  // What its address says no more is not asked for any more, on the same page.
  await operator.getByRole('navigation', { name: 'Inspector' }).getByRole('link', { name: 'Live' }).click()
  await expect(grid(operator).locator('[data-row-link]').nth(1)).toBeVisible()
  await expect(chips(operator)).toHaveCount(0)
  await operator.goBack()
  await expect(grid(operator).locator('[data-row-link]')).toHaveCount(1)
})

test('what is typed becomes chips, which keys change and take away; an id that is pasted leads to what it names', async ({
  operator,
  visitor,
}) => {
  await signUp(visitor, newPerson())
  await operator.goto('/inspector/live')
  await operator.keyboard.press('/')
  await operator.keyboard.type('type:accounts.* kind:event state:ded')
  await expect(chips(operator)).toHaveText(['type:accounts.*', 'kind:event'])
  await expect(operator.locator('mark')).toHaveText('d')
  await expect(operator.getByText('2 filters')).toBeVisible()
  for (const _ of 'ed') await operator.keyboard.press('Backspace')
  await operator.keyboard.type('ead')
  await operator.keyboard.press('Enter')
  await expect(chips(operator)).toHaveText(['type:accounts.*', 'kind:event', 'state:dead'])
  await operator.keyboard.press('Backspace')
  await expect(chips(operator)).toHaveText(['type:accounts.*', 'kind:event'])
  await operator.keyboard.press('ArrowLeft')
  await expect(chips(operator).last()).toBeFocused()
  await operator.keyboard.press('Enter')
  await expect(filterField(operator)).toHaveValue('kind:event')
  for (const _ of 'event') await operator.keyboard.press('Backspace')
  await operator.keyboard.type('command ')
  await expect(chips(operator)).toHaveText(['type:accounts.*', 'kind:command'])
  await expect(operator).toHaveURL(/q=type%3Aaccounts\.\*\+kind%3Acommand/)
  await expect(grid(operator).getByRole('link', { name: 'accounts.user-account-created' })).toHaveCount(0)
  const href = (await grid(operator).locator('[data-row-link]').first().getAttribute('href'))!
  await operator.getByRole('button', { name: 'Clear all filters' }).click()
  await expect(chips(operator)).toHaveCount(0)
  await filterField(operator).evaluate((element, id) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text', id)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, href.split('/').at(-1)!)
  await operator.waitForURL(`**${href}*`)
})

test('what nothing fits is looked for in all that is stored, and the count is told', async ({ operator, visitor }) => {
  await signUp(visitor, newPerson())
  await operator.goto('/inspector/live?q=error:~no-such-error')
  await expect(operator.getByRole('heading', { name: 'Nothing matches' })).toBeVisible()
  await expect(operator.getByText(/^Looked through [\d,]+ messages/)).toBeVisible()
  await expect(operator.getByText('That was the first message.')).toBeVisible()
})

test('a filter finds values of a payload, and never guesses what is masked', async ({ operator, visitor }) => {
  const person = newPerson()
  await signUp(visitor, person)
  const search = async (filter: string) => {
    const input = encodeURIComponent(JSON.stringify({ json: { filter, limit: 5 } }))
    const response = await operator.request.get(`/api/trpc/inspector.search?input=${input}`)
    const { result } = (await response.json()) as { result: { data: { json: { rows: unknown[] } } } }
    return result.data.json.rows.length
  }
  expect(await search('type:accounts.user-account-created')).toBeGreaterThan(0)
  expect(await search(`payload.email:${person.email}`)).toBe(0)
  expect(await search(`payload.email:~${person.email.slice(0, 6)}`)).toBe(0)
})

test('an operator walks the list by keys, follows a conversation, and reads which keys there are', async ({
  operator,
  visitor,
}) => {
  await signUp(visitor, newPerson())
  await operator.goto('/inspector/live')
  await expect(operator.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await operator.keyboard.press('j')
  await operator.keyboard.press('j')
  const links = grid(operator).locator('[data-row-link]')
  await expect(links.nth(1)).toBeFocused()
  await operator.keyboard.press('k')
  await expect(links.first()).toBeFocused()
  await operator.keyboard.press('x')
  await expect(operator.getByText('1 marked')).toBeVisible()
  await expect(grid(operator).getByRole('row', { selected: true })).toHaveCount(1)
  await operator.keyboard.press('x')
  await expect(operator.getByText('1 marked')).toHaveCount(0)
  await operator.keyboard.press('?')
  const sheet = operator.getByRole('dialog', { name: 'Keys' })
  await expect(sheet).toContainText('Follow its conversation')
  await expect(sheet).toContainText('Filter the messages')
  await operator.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
  await operator.keyboard.press('j')
  await operator.keyboard.press('f')
  await expect(chips(operator)).toHaveText(/^id:[\da-f-]{36}$/)
  const tags = grid(operator).locator('a[title^="Conversation"]')
  await expect.poll(async () => new Set(await tags.allTextContents()).size).toBe(1)
})

test('while one types, letters are letters', async ({ operator }) => {
  await operator.goto('/inspector/live')
  await operator.keyboard.press('/')
  await expect(filterField(operator)).toBeFocused()
  await operator.keyboard.type('jk?')
  await expect(filterField(operator)).toHaveValue('jk?')
  await expect(operator.getByRole('dialog')).toHaveCount(0)
})

test('a filter is completed: a key first, then a value with how many have it', async ({ operator, visitor }) => {
  await signUp(visitor, newPerson())
  await operator.goto('/inspector/live')
  await operator.keyboard.press('/')
  await operator.keyboard.type('han')
  const list = operator.getByRole('listbox', { name: 'What can be typed next' })
  await expect(list.getByRole('option')).toHaveText(/^handler:/)
  await operator.keyboard.press('ArrowDown')
  await operator.keyboard.press('Enter')
  await operator.keyboard.type('count-s')
  await expect(list.getByRole('option', { name: 'insights.count-sign-up' })).toHaveText(/[1-9]\d*$/)
  await operator.keyboard.press('ArrowDown')
  await operator.keyboard.press('Enter')
  await expect(chips(operator)).toHaveText('handler:insights.count-sign-up')
  await expect(filterField(operator)).toHaveValue('')
  // Within a payload the path comes before the value; what is masked is not offered.
  await operator.keyboard.type('payload.')
  await expect(list.getByRole('option', { name: 'email:', exact: true })).toHaveCount(0)
  await operator.keyboard.type('userI')
  await expect(list.getByRole('option')).toHaveText(/^userId:/)
  for (const _ of 'payload.userI') await operator.keyboard.press('Backspace')
  await operator.keyboard.press('Escape')
  await expect(list).toHaveCount(0)
  await expect(grid(operator).getByRole('link', { name: 'accounts.create-user' })).toHaveCount(0)
  await expect(grid(operator).getByRole('link', { name: 'accounts.user-account-created' }).first()).toBeVisible()
})

test('an operator looks into a message at the side, and a link shows the same', async ({ operator, visitor }) => {
  await signUp(visitor, newPerson())
  const line = await Line.of(operator)
  await operator.goto('/inspector/live?q=type:accounts.user-account-created')
  // Beside what a click copies or leads along.
  await grid(operator)
    .getByRole('row')
    .nth(1)
    .click({ position: { x: 500, y: 10 } })
  const panel = operator.getByRole('complementary', { name: 'Message' })
  await expect(panel.getByRole('list', { name: 'Deliveries' })).toContainText('insights.count-sign-up')
  await panel.getByRole('tab', { name: 'Payload' }).click()
  await expect(panel).toContainText('masked')
  await expect(operator).toHaveURL(/sel=[\da-f-]{36}&panel=payload/)
  // What stands at the side may be there before the list is.
  line.holdAnswers()
  await operator.reload()
  await expect(panel.getByRole('tab', { name: 'Payload' })).toHaveAttribute('aria-selected', 'true')
  await expect(panel).toContainText('masked')
  await expect(grid(operator)).toHaveCount(0)
  await operator.keyboard.press('1')
  await expect(panel.getByRole('list', { name: 'Deliveries' })).toBeVisible()
  await operator.keyboard.press('o')
  await expect(panel).toHaveCount(0)
  await expect(operator).not.toHaveURL(/sel=/)
  line.releaseAnswers()
  await expect(grid(operator)).toBeVisible()
  await expect(panel).toHaveCount(0)
})

test('what is paused stays as it is and counts what waits, until one goes on', async ({ operator, visitor }) => {
  await signUp(visitor, newPerson())
  await operator.goto('/inspector/live?q=type:accounts.create-user')
  await expect(operator.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  const links = grid(operator).locator('[data-row-link]')
  await expect(links.first()).toBeVisible()
  await operator.keyboard.press('Space')
  await expect(operator.getByText('nothing new waits')).toBeVisible()
  await expect(operator).toHaveURL(/live=0/)
  const before = await links.evaluateAll((all) => all.map((each) => each.getAttribute('href')))
  await signUp(visitor, newPerson())
  await expect(operator.getByText('1 waiting')).toBeVisible()
  await expect(operator.getByRole('button', { name: '1 new' })).toBeVisible()
  expect(await links.evaluateAll((all) => all.map((each) => each.getAttribute('href')))).toEqual(before)
  await operator.getByRole('button', { name: 'Jump to now' }).click()
  await expect(links).toHaveCount(before.length + 1)
  await expect(operator).not.toHaveURL(/live=0/)
  await expect(operator.getByText('following', { exact: true })).toBeVisible()
  await operator.keyboard.press('Space')
  await expect(operator).toHaveURL(/live=0/)
  await operator.getByRole('navigation', { name: 'Inspector' }).getByRole('link', { name: 'Live' }).click()
  await expect(operator.getByText('following', { exact: true })).toBeVisible()
  await expect(operator).not.toHaveURL(/live=0/)
})

test('the strip above the list shows how much was sent, and a drag asks for a stretch of it', async ({
  operator,
  visitor,
}) => {
  await signUp(visitor, newPerson())
  await operator.goto('/inspector/live')
  const strip = operator.getByRole('img', { name: /^In the last two hours [1-9]/ })
  await expect(strip).toBeVisible({ timeout: 20_000 })
  const box = (await strip.boundingBox())!
  await operator.mouse.move(box.x + box.width * 0.9, box.y + 10)
  await operator.mouse.down()
  await operator.mouse.move(box.x + box.width - 1, box.y + 10)
  await operator.mouse.up()
  await expect(chips(operator)).toHaveText([/^at:>=\S+Z$/, /^at:<\S+Z$/])
  await expect(grid(operator).locator('[data-row-link]').first()).toBeVisible()
})

test('an operator gives a filter a name, finds it again, and removes it', async ({ operator }) => {
  await operator.goto('/inspector/live?q=state:dead')
  const views = operator.getByRole('button', { name: 'Views' })
  await views.click()
  await operator.getByLabel('Save this filter as').fill('What died')
  await operator.getByLabel('Share it with everybody here').check()
  await operator.getByRole('button', { name: 'Save', exact: true }).click()
  const list = operator.getByRole('list', { name: 'Saved views' })
  await expect(list).toContainText('What died')
  await expect(list).toContainText('shared')
  await operator.goto('/inspector/live')
  await expect(operator.getByText('following', { exact: true })).toBeVisible()
  await views.click()
  // What one chooses from covers rows that one may look at.
  await expect(operator.getByText('holding still while you read')).toBeVisible()
  await list.getByRole('button', { name: /^What died/ }).click()
  await expect(chips(operator)).toHaveText('state:dead')
  await views.click()
  await list.getByRole('button', { name: 'Remove What died' }).click()
  await expect(operator.getByText('None yet.')).toBeVisible()
})

test('a value of a payload becomes a filter, its opposite and a column, by pointer and by key', async ({
  operator,
  visitor,
}) => {
  await signUp(visitor, newPerson())
  await operator.goto('/inspector/live?q=type:accounts.user-account-created')
  await expect(operator.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await operator.keyboard.press('j')
  await operator.keyboard.press('o')
  await operator.keyboard.press('2')
  const tree = operator.getByRole('tree', { name: 'Payload' })
  await tree.getByRole('treeitem', { name: /userId/ }).click({ button: 'right' })
  await operator.getByRole('menuitem', { name: 'Show as column' }).click()
  await expect(operator).toHaveURL(/cols=time(,|%2C)payload\.userId/)
  await expect(grid(operator).getByRole('columnheader', { name: 'userId' })).toBeVisible()
  const cell = grid(operator).locator('[data-clause^="payload.userId:"]').first()
  const userId = (await cell.getAttribute('data-clause'))!.split(':')[1]!
  await expect(cell).toHaveText(new RegExp(`${userId.slice(-8)}$`))

  // By key: into the tree, to the value, and to its menu.
  await tree.focus()
  await operator.keyboard.press('Home')
  await expect(tree.getByRole('treeitem', { selected: true })).toBeVisible()
  while (!(await tree.getByRole('treeitem', { selected: true }).textContent())?.startsWith('›userId'))
    await operator.keyboard.press('ArrowDown')
  await operator.keyboard.press('Shift+F10')
  await expect(operator.getByRole('menuitem', { name: 'Filter by this' })).toBeVisible()
  await operator.keyboard.press('ArrowDown')
  await operator.keyboard.press('Enter')
  await expect(chips(operator)).toHaveText([
    'type:accounts.user-account-created',
    new RegExp(`^-?payload.userId:${userId}$`),
  ])

  // What is masked is no filter. Another filter is another list: it is there first.
  await expect(grid(operator).locator('[data-row-link]')).toHaveCount(1)
  await tree.getByRole('treeitem', { name: /email/ }).click({ button: 'right' })
  await expect(operator.getByRole('menuitem', { name: 'Copy path' })).toBeVisible()
  await expect(operator.getByRole('menuitem', { name: 'Filter by this' })).toHaveCount(0)
  await operator.keyboard.press('Escape')

  await operator.reload()
  await expect(grid(operator).getByRole('columnheader', { name: 'userId' })).toBeVisible()
  await operator.getByRole('button', { name: 'Columns' }).click()
  await operator.getByRole('button', { name: 'Remove payload.userId' }).click()
  await expect(operator).not.toHaveURL(/cols=/)
  await operator.getByLabel('A value of the payload').fill('version')
  await operator.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(operator).toHaveURL(/payload\.version/)
})

test('sorted by how long they took the list holds still, says so in its address, and goes on from the newest', async ({
  operator,
  visitor,
}) => {
  await signUp(visitor, newPerson())
  await operator.goto('/inspector/live?q=type:accounts.*')
  await expect(operator.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await expect(operator.getByText(/^1 filter$/)).toBeVisible()
  await expect(operator.getByText(/^last update \d\d:\d\d:\d\d\.\d{3}$/)).toBeVisible()
  await expect(operator.getByText(/^seq [\d,]+$/)).toBeVisible()
  const took = grid(operator).getByRole('columnheader', { name: 'Took' })
  await took.getByRole('button').click()
  await expect(took).toHaveAttribute('aria-sort', 'descending')
  await expect(operator).toHaveURL(/sort=slowest/)
  await expect(operator.getByText('holding still while you read')).toBeVisible()
  const links = grid(operator).locator('[data-row-link]')
  const before = await links.evaluateAll((all) => all.map((each) => each.getAttribute('href')))
  await signUp(visitor, newPerson())
  await expect(operator.getByRole('button', { name: /^\d+ new/ })).toBeVisible()
  expect(await links.evaluateAll((all) => all.map((each) => each.getAttribute('href')))).toEqual(before)
  await operator.reload()
  await expect(took).toHaveAttribute('aria-sort', 'descending')
  await operator.keyboard.press('End')
  await expect(took).not.toHaveAttribute('aria-sort')
  await expect(operator).not.toHaveURL(/sort=/)
  await expect(operator.getByText('following', { exact: true })).toBeVisible()
})

test('a type is left out with Alt, asked for by its mark, and rows are marked in their margin', async ({
  operator,
  visitor,
}) => {
  await signUp(visitor, newPerson())
  await operator.goto('/inspector/live')
  await expect(operator.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await grid(operator)
    .getByRole('link', { name: 'accounts.create-user' })
    .first()
    .click({ modifiers: ['Alt'] })
  await expect(chips(operator)).toHaveText('-type:accounts.create-user')
  await expect(grid(operator).getByRole('link', { name: 'accounts.create-user' })).toHaveCount(0)
  const row = grid(operator).getByRole('row').filter({ hasText: 'accounts.user-account-created' }).first()
  await row.getByRole('button', { name: 'event' }).click()
  await expect(chips(operator)).toHaveText(['-type:accounts.create-user', 'type:accounts.user-account-created'])
  await expect(grid(operator).getByRole('link', { name: 'communication.' })).toHaveCount(0)
  await row.hover()
  await row.getByRole('checkbox', { name: /^Mark/ }).click()
  await expect(operator.getByText('1 marked')).toBeVisible()
  await expect(row).toHaveAttribute('aria-selected', 'true')
})

test('who follows a person sees on every page what is about them', async ({ operator, visitor }) => {
  await signUp(visitor, newPerson())
  await operator.goto('/inspector/live?q=type:accounts.user-account-created')
  await expect(operator.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await operator.keyboard.press('j')
  await operator.keyboard.press('F')
  const strip = operator.getByRole('region', { name: 'Followed' })
  await expect(strip).toContainText(/\d+ messages/)
  await expect(operator).toHaveURL(/follow=[\da-f-]{36}/)
  const link = operator.url()
  const lit = operator.locator('[data-lit]')
  await expect(grid(operator).locator('[data-lit]')).toHaveCount(1)
  for (const path of ['/inspector', '/inspector/processes', '/inspector/handlers', '/inspector/types?range=6h']) {
    await operator.goto(path)
    await expect(strip).toBeVisible()
    await expect(lit.first(), path).toBeVisible()
    await expect(operator).toHaveURL(/follow=/)
  }
  await operator.getByRole('navigation', { name: 'Inspector' }).getByRole('link', { name: 'Types' }).click()
  await expect(operator).toHaveURL(/types\?follow=/)
  await operator.getByRole('button', { name: 'Follow it no more' }).click()
  await expect(strip).toHaveCount(0)
  await expect(lit).toHaveCount(0)
  await expect(operator).not.toHaveURL(/follow=/)
  // A link brings it back, for whoever gets it.
  await operator.goto(link)
  await expect(strip).toBeVisible()
  await operator.keyboard.press('Escape')
  await expect(strip).toHaveCount(0)
})

test('pointing at a sign tells which handler it is of and how it stands; at a tag, what belongs together', async ({
  operator,
  visitor,
}) => {
  await signUp(visitor, newPerson())
  await operator.goto('/inspector/live?q=type:accounts.*')
  await expect(operator.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  const row = grid(operator).getByRole('row').filter({ hasText: 'accounts.user-account-created' }).first()
  await row.locator('[data-pip]').first().hover()
  const card = operator.getByRole('tooltip')
  const pointed = card.locator('[data-pointed]')
  await expect(pointed).toContainText('decide-confirmation-email')
  await expect(pointed).toContainText('succeeded')
  await expect(pointed).toContainText('attempt 1 of')
  // It is the whole fan-out, of which that is one.
  await expect(card.getByRole('listitem')).toHaveCount(await row.locator('[data-pip]').count())
  await row.locator('[data-pip]').last().hover()
  await expect(card.getByRole('listitem').last()).toHaveAttribute('data-pointed')
  await operator.keyboard.press('Escape')
  await expect(card).toHaveCount(0)
  await row.locator('[data-pip]').first().click()
  const panel = operator.getByRole('complementary', { name: 'Message' })
  await expect(panel.getByRole('button', { name: /decide-confirmation-email/, expanded: true })).toBeVisible()
  await expect(operator).toHaveURL(/sel=[\da-f-]{36}&h=[\da-f-]{36}/)
  await operator.keyboard.press('o')
  await expect(operator).not.toHaveURL(/h=/)
  // Whoever has no pointer goes there by keys.
  await row.getByRole('link', { name: 'accounts.user-account-created' }).focus()
  await operator.keyboard.press('ArrowRight')
  await expect(pointed).toContainText('decide-confirmation-email')
  await expectAccessibleInBoth(operator)
  await operator.keyboard.press('ArrowLeft')
  await expect(card).toHaveCount(0)
  await row.locator('[data-tag]').hover()
  await expect(card).toHaveCount(0)
  const opacities = () =>
    grid(operator)
      .locator('[role=rowgroup] > [role=row]')
      .evaluateAll((all) => all.map((each) => getComputedStyle(each).opacity))
  await expect.poll(opacities).toContain('0.6')
  expect(await row.evaluate((element) => getComputedStyle(element).opacity)).toBe('1')
})
