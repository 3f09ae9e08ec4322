import { createTestBus, type TestBus } from '../src/bus/testing/index.ts'
import { createAccountsModule } from '../src/modules/accounts/index.ts'
import { PurgeExpired } from '../src/modules/accounts/messages.ts'
import type { PostgresStorage } from '../src/postgres/index.ts'
import { openTestStorage } from '../src/server/testing/test-storage.ts'
import { test as onOwnApp } from './own-app-test.ts'
import { expect, newPerson } from './people.ts'

const APP_SECRET = 'a secret of the test of schedules, long'

const test = onOwnApp.extend({
  settings: [
    async ({ database }, use) => use({ DATABASE_URL: database.url, APP_SECRET, LOG_LEVEL: 'debug' }),
    { scope: 'worker' },
  ],
})

let storage: PostgresStorage
let sender: TestBus

test.beforeAll(async ({ app: _running, database }) => {
  storage = openTestStorage(database.url, { poolSize: 2 })
  const clock = { now: () => new Date() }
  sender = createTestBus(storage, [
    createAccountsModule({
      ...{ clock, firstAccountIsOperator: false, operatorEmails: [], secret: APP_SECRET },
      keys: storage.personKeys,
    }),
  ])
})

test.afterAll(async () => {
  sender.stop()
  await storage.stop()
})

// The test sends as a handler would, by the bus of the same database: its own message is in nobody's way.
test('an operator cancels a message before its time, takes that back, and has it handled now', async ({ page }) => {
  const person = newPerson()
  await page.goto(`/signup`)
  await page.getByLabel('Name').fill(person.name)
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.waitForURL('**/welcome')
  await storage.pool.query(`UPDATE users SET role = 'operator'`)
  const tomorrow = new Date(Date.now() + 24 * 3_600_000)
  const body = { expiredBy: tomorrow.toISOString() }
  const { messageId } = await sender.bus.send(PurgeExpired, body, { at: tomorrow })

  await page.goto(`/inspector/live`)
  await page.getByRole('navigation', { name: 'Inspector' }).getByRole('link', { name: 'Scheduled' }).click()
  // The registration's own time-outs wait beside it.
  const scheduled = page
    .getByRole('list', { name: 'Scheduled' })
    .getByRole('listitem')
    .filter({ hasText: 'accounts.purge-expired-sessions' })
  await expect(scheduled).toHaveCount(1)
  await expect(page.getByRole('list', { name: 'Recurring' })).toContainText('accounts.nightly-purge')
  await scheduled.getByRole('button', { name: /^Cancel/ }).click()
  await page.getByLabel('Reason').fill('Done by hand')
  await page.getByRole('button', { name: 'Cancel it' }).click()
  await expect(scheduled).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(scheduled).toHaveCount(1)

  // Cancelled again, it is listed with who did that and why, and has a way back.
  await scheduled.getByRole('button', { name: /^Cancel/ }).click()
  await page.getByLabel('Reason').fill('Not tonight')
  await page.getByRole('button', { name: 'Cancel it' }).click()
  await expect(scheduled).toHaveCount(0)
  await page.getByRole('link', { name: 'What was cancelled' }).click()
  const cancelled = page.getByRole('list', { name: 'Discarded' }).getByRole('listitem')
  await expect(cancelled).toHaveCount(1)
  await expect(cancelled).toContainText('cancelled before its time')
  await expect(cancelled).toContainText('Not tonight')
  await expect(cancelled).toContainText(`by ${person.name}`)
  await cancelled.getByRole('button', { name: 'Restore' }).click()
  await expect(cancelled).toHaveCount(0)
  await page.getByRole('navigation', { name: 'Inspector' }).getByRole('link', { name: 'Scheduled' }).click()

  await scheduled.getByRole('button', { name: /^Reschedule/ }).click()
  await page.getByRole('button', { name: 'Now' }).click()
  await expect(scheduled).toHaveCount(0)
  await page.goto(`/inspector/m/${messageId}`)
  await expect(page.getByRole('list', { name: 'Deliveries' })).toContainText('succeeded')
})
