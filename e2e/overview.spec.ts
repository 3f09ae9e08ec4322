import type { Page } from '@playwright/test'
import { askForFault, lane, openNewest, stopFault } from './inspector.ts'
import { expect, newPerson, OPERATOR, signUp, test } from './people.ts'

// No other test looks at this one: its faults are those of the whole app, and whoever signs up meanwhile has some of them.
const RECORDING = 'audit.record-email-sent'

test('the overview says what fails, and each number leads to what it counts', async ({ operator, visitor }) => {
  await openNewest(operator, 'communication.confirmation-email-sent')
  await askForFault(operator, RECORDING, { fails: 4 })
  await expect(lane(operator, RECORDING)).toContainText(/fails next \d/i)
  await signUp(visitor, newPerson())
  await operator.goto('/inspector')
  await expect(card(operator, 'Handlers failing')).toHaveAccessibleName(/^Handlers failing ?[1-9]/)
  await expect(operator.getByRole('status').filter({ hasText: /failing/ })).toBeVisible()
  await expect(operator.getByRole('region', { name: 'Alerts' })).toContainText(
    /Handlers failing (raised|elevated|reduced)/,
  )
  const alerts = operator.getByRole('region', { name: 'Alerts' })
  const clear = alerts.getByRole('button', { name: 'Clear Handlers failing' })
  // Where others make more handlers fail meanwhile it is more urgent, and has to be cleared again.
  await expect(async () => {
    // Between the look and the click it may have been cleared after all.
    if (await clear.isVisible()) await clear.click({ timeout: 1_000 })
    await expect(alerts).toContainText(new RegExp(`Handlers failing cleared ?by ${OPERATOR.name}`), { timeout: 2_000 })
  }).toPass()
  const tile = operator.getByRole('list', { name: 'Handlers, the worst first' }).getByRole('link', { name: RECORDING })
  await expect(tile).toContainText(/failed|retrying|dead/)
  await expect(card(operator, 'Dead')).toHaveAttribute('href', '/inspector/live?q=state:dead')
  await tile.click()
  await expect(operator.getByRole('heading', { name: RECORDING })).toBeVisible()
  await expect(operator.getByRole('list', { name: 'Errors' })).toContainText('was told to fail')
})

test('a newcomer rings a bell, makes a handler fail and another slow, and sees each happen', async ({ operator }) => {
  const steps = operator.getByRole('region', { name: 'Your first minute' })
  const take = async (button: string) => {
    await operator.goto('/inspector')
    await steps.getByRole('button', { name: button }).click()
    await expect(operator.getByRole('heading', { level: 1 })).toHaveText('practice.bell-rung')
  }
  const door = lane(operator, 'practice.open-door')
  await take('Send a test message')
  // The lamp is another test's, which makes it fail.
  for (const handler of ['open-door', 'wake-dog']) {
    await expect(lane(operator, `practice.${handler}`)).toContainText('succeeded')
  }
  await take('Slow a handler')
  await expect(door).toContainText('running')
  await expect(door).toContainText('succeeded')
  await stopFault(operator, 'practice.open-door')
  await take('Make a handler fail')
  await expect(door).toContainText('dead', { timeout: 20_000 })
  await expect(lane(operator, 'practice.wake-dog')).toContainText('succeeded')

  await operator.goto('/inspector')
  for (const step of ['first message', 'a failure, and how it is retried', 'a slow handler']) {
    await expect(steps.getByRole('listitem').filter({ hasText: step })).toContainText('done:')
  }
  await steps.getByRole('button', { name: 'Show this no more' }).click()
  await expect(steps).toHaveCount(0)
  await operator.reload()
  await expect(operator.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(steps).toHaveCount(0)
})

test('a range that is dragged across a chart stands in the address, and a link shows the same', async ({
  operator,
}) => {
  await operator.goto('/inspector?range=15m')
  const chart = operator.getByRole('img', { name: /^Attempts that ended, last 15 min: [1-9]/ })
  await expect(chart.locator('canvas')).toBeVisible()
  // What stands above it may push it out of view.
  await chart.scrollIntoViewIfNeeded()
  const box = (await chart.boundingBox())!
  await operator.mouse.move(box.x + box.width * 0.5, box.y + 80)
  await operator.mouse.down()
  await operator.mouse.move(box.x + box.width * 0.8, box.y + 80, { steps: 5 })
  await operator.mouse.up()
  await expect(operator).toHaveURL(/range=\d{4}-.+\.\.\d{4}-/)
  await operator.reload()
  await expect(operator.getByRole('button', { name: '15m' })).toHaveAttribute('aria-pressed', 'false')
  await operator.getByRole('button', { name: '1h' }).click()
  await expect(operator).toHaveURL(/\/inspector$/)
})

test('a chart can be read as a table', async ({ operator }) => {
  await operator.goto('/inspector?range=15m')
  await operator.getByText('As a table').first().click()
  const table = operator.getByRole('region', { name: 'Attempts by outcome, as a table' })
  await expect(table.getByRole('columnheader', { name: 'succeeded' })).toBeVisible()
  await expect(table.getByRole('row')).toHaveCount(17)
})

function card(page: Page, name: string) {
  return page.getByRole('list', { name: 'At a glance' }).getByRole('link', { name: new RegExp(`^${name}`) })
}

test('any id leads to what it belongs to, and what could be several things is offered', async ({
  operator,
  visitor,
}) => {
  const person = newPerson()
  await signUp(visitor, person)
  await operator.goto('/inspector/live')
  const link = operator.getByRole('grid', { name: 'Messages' }).getByRole('link', { name: 'accounts.create-user' })
  const id = (await link.first().getAttribute('href'))!.split('/').at(-1)!
  await operator.goto(`/inspector/go/${id}`)
  await expect(operator).toHaveURL(`/inspector/m/${id}`)
  await operator.goto(`/inspector/go/${encodeURIComponent(person.email.toUpperCase())}`)
  await expect(operator.getByRole('heading', { name: 'One person' })).toBeVisible()
  await expect(operator.getByRole('list', { name: 'Messages of this key' })).toContainText('accounts.create-user')
  const userId = new URL(operator.url()).pathname.split('/').at(-1)!
  await operator.goto(`/inspector/go/${userId}`)
  const choices = operator.getByRole('list', { name: 'What it could be' })
  await expect(choices).toContainText('person')
  await expect(choices).toContainText('registration.sign-up')
})

test('what is nothing says what can be looked for', async ({ operator }) => {
  await operator.goto('/inspector/go/no%20such%2Fthing')
  await expect(operator.getByRole('heading', { name: 'Nothing has this' })).toBeVisible()
  await operator.getByRole('searchbox', { name: 'Go to any id' }).fill('communication.decide-sms')
  await operator.getByRole('searchbox', { name: 'Go to any id' }).press('Enter')
  await expect(operator).toHaveURL('/inspector/handlers/communication.decide-sms')
})
