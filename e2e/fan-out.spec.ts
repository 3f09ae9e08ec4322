import type { Page, WebSocketRoute } from '@playwright/test'
import { lane, openNewest, setFault, stopFault } from './inspector.ts'
import { expect, newPerson, signUp, test } from './people.ts'

// The faults of these tests belong to handlers of the whole app.
test.describe.configure({ mode: 'serial' })

const COUNTING = 'insights.count-sign-up'
/** Of the bell: it gives up within seconds. */
const LAMP = 'practice.light-lamp'

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

test('a handler fails three times and then succeeds, and its lane shows it', async ({ operator }) => {
  // Of a bell: sign-ups of others would take some of the failures for themselves.
  await ringBell(operator)
  await setFault(operator, LAMP, { fails: 3 })
  await ringBell(operator)
  const lamp = lane(operator, LAMP)
  await expect(lamp).toContainText('succeeded', { timeout: 20_000 })
  await expect(lamp).toContainText('×4')
  await expect(lamp).toContainText('4/4')
  await expect(lane(operator, 'practice.wake-dog')).toContainText('1/4')
})

test('a handler that is told to be slow is seen at work, holds nobody up, and succeeds', async ({
  operator,
  visitor,
}) => {
  await openNewest(operator, 'accounts.user-account-created')
  await setFault(operator, 'insights.count-sign-up', { slowMs: 8_000 })
  await signUp(visitor, newPerson())
  await openNewest(operator, 'accounts.user-account-created')
  const counting = lane(operator, 'insights.count-sign-up')
  await expect(counting).toContainText('running')
  await expect(lane(operator, 'audit.record-account-created')).toContainText('succeeded')
  await expect(counting).toContainText('succeeded', { timeout: 20_000 })
  await expect(counting).toContainText('1/6')
  await stopFault(operator, 'insights.count-sign-up')
})

test('a delivery dies, and Retry revives it', async ({ operator }) => {
  await ringBell(operator)
  await setFault(operator, LAMP, { fails: 4 })
  await ringBell(operator)
  const lamp = lane(operator, LAMP)
  await expect(lamp).toContainText('retrying')
  await expect(lamp).toContainText('dead', { timeout: 30_000 })
  await expect(lamp).toContainText('was told to fail')
  await lamp.getByRole('button', { name: 'Retry' }).click()
  await expect(lamp).toContainText('succeeded')
})

test('an operator discards a dead delivery, and takes it back', async ({ operator }) => {
  await ringBell(operator)
  await setFault(operator, LAMP, { fails: 'always' })
  await ringBell(operator)
  const lamp = lane(operator, LAMP)
  await expect(lamp).toContainText('dead', { timeout: 30_000 })
  await lamp.getByRole('button', { name: 'Discard' }).click()
  await operator.getByRole('button', { name: 'Discard it' }).click()
  await expect(operator.getByText('Please give a reason')).toBeVisible()
  await operator.getByLabel('Reason').fill('Counted by hand')
  await operator.getByRole('button', { name: 'Discard it' }).click()
  await expect(lamp).toContainText('discarded')
  await expect(lamp).toContainText('Counted by hand')
  await lamp.getByRole('button', { name: 'Undo' }).click()
  await expect(lamp).toContainText('dead')
  await stopFault(operator, LAMP)
  await lamp.getByRole('button', { name: 'Retry' }).click()
  await expect(lamp).toContainText('succeeded')
})

test('what died in the same way is one group, and a paced operation retries all of it', async ({
  operator,
  visitor,
}) => {
  test.setTimeout(120_000)
  await dieForSignUps(operator, visitor, 2)
  await operator
    .getByRole('navigation', { name: 'Inspector' })
    .getByRole('link', { name: /dead letters/i })
    .click()
  await expect(group(operator)).toHaveCount(1)
  await expect(group(operator)).toContainText('was told to fail')
  await group(operator).getByRole('button', { name: 'Retry' }).click()
  await expect(operator.getByRole('dialog', { name: 'Retry dead letters?' })).toContainText(
    /\d+ dead letters as of \d\d:\d\d:\d\d; later arrivals are not included/,
  )
  await operator.getByRole('button', { name: /^Retry \d+ dead letters$/ }).click()
  await operator.waitForURL(/\/inspector\/operations\/[0-9a-f-]{36}/)
  await expect(operator.getByRole('status').filter({ hasText: 'Completed' })).toBeVisible({ timeout: 30_000 })
  const outcomes = operator.getByRole('list', { name: 'Outcomes' }).getByRole('listitem')
  expect(await outcomes.count()).toBeGreaterThanOrEqual(2)
  await expect(outcomes.filter({ hasNotText: 'succeeded' })).toHaveCount(0)
  await operator.goto('/inspector/dead-letters')
  await expect(group(operator)).toHaveCount(0)
})

test('a group is discarded with a reason, and that is taken back', async ({ operator, visitor }) => {
  test.setTimeout(120_000)
  await dieForSignUps(operator, visitor, 1)
  await operator.goto('/inspector/dead-letters')
  await group(operator).getByRole('button', { name: 'Discard' }).click()
  await operator.getByRole('button', { name: /^Discard \d+ dead letters?$/ }).click()
  await expect(operator.getByText('Please give a reason')).toBeVisible()
  await operator.getByLabel('Reason').fill('Written down by hand')
  await operator.getByRole('button', { name: /^Discard \d+ dead letters?$/ }).click()
  await expect(operator.getByRole('status').filter({ hasText: 'Completed' })).toBeVisible({ timeout: 30_000 })
  await operator.getByRole('button', { name: 'Undo' }).click()
  await expect(operator.getByRole('heading', { name: /undo of a discard/i })).toBeVisible()
  await expect(operator.getByRole('status').filter({ hasText: 'Completed' })).toBeVisible({ timeout: 30_000 })
  await operator.goto('/inspector/dead-letters')
  await group(operator).getByRole('link').click()
  await operator.getByRole('checkbox').first().check()
  await operator.getByRole('button', { name: 'Retry 1 selected' }).click()
  await operator.getByRole('button', { name: 'Retry 1 dead letter' }).click()
  await expect(operator.getByRole('list', { name: 'Outcomes' })).toContainText('succeeded', { timeout: 30_000 })
})

test('a dead message is edited and sent again to the handler that failed', async ({ operator, visitor }) => {
  test.setTimeout(120_000)
  await dieForSignUps(operator, visitor, 1)
  // Still on the message that died: the newest may be another test's by now.
  await operator.getByRole('button', { name: 'Edit and retry' }).click()
  const editor = operator.getByRole('textbox', { name: 'Body' })
  await expect(editor).toHaveValue(/personal data, stays as it is/)
  const body = JSON.parse(await editor.inputValue()) as Record<string, unknown>
  await editor.fill(JSON.stringify({ ...body, userId: 'nobody' }))
  await operator.getByRole('button', { name: 'Send the edited message' }).click()
  await expect(operator.getByRole('alert')).toContainText('userId')
  await editor.fill(JSON.stringify({ ...body, name: 'Anna Borg' }, null, 2))
  const before = operator.url()
  await operator.getByRole('button', { name: 'Send the edited message' }).click()
  await operator.waitForURL((url) => url.href !== before)
  await expect(operator.getByRole('list', { name: 'Deliveries' }).getByRole('listitem')).toHaveCount(1)
  await expect(lane(operator, COUNTING)).toContainText('succeeded')
  await operator.goto(before)
  await expect(lane(operator, COUNTING)).toContainText('edited and retried as')
})

test('the connection is cut during sign-ups, and the list is complete afterwards', async ({ operator, request }) => {
  const line = await cuttableLine(operator)
  await operator.goto('/inspector/live?q=type:accounts.user-account-created')
  const status = operator.getByRole('status')
  await expect(status.filter({ hasText: 'Live' })).toBeVisible()
  const rows = operator
    .getByRole('grid', { name: 'Messages' })
    .getByRole('link', { name: 'accounts.user-account-created' })
  await expect(rows.first()).toBeVisible()
  /** Newest first. */
  const shown = () => rows.evaluateAll((links) => links.map((link) => link.getAttribute('href')))
  await line.cut()
  await expect(status.filter({ hasText: 'Reconnecting' })).toBeVisible()
  await expect(operator.getByText('what you miss will be filled in')).toBeVisible()
  const [last] = await shown()
  for (let each = 0; each < 5; each += 1) {
    const json = { ...newPerson(), phone: '', idempotencyKey: crypto.randomUUID() }
    expect((await request.post('/api/trpc/accounts.signUp', { data: { json } })).ok()).toBe(true)
  }
  line.mend()
  await expect(status.filter({ hasText: 'Live' })).toBeVisible({ timeout: 20_000 })
  await expect.poll(async () => (await shown()).indexOf(last!)).toBeGreaterThanOrEqual(5)
  // Other tests sign people up meanwhile: what came since is above.
  const followed = await shown()
  const filledIn = followed.slice(0, followed.indexOf(last!) + 1)
  await operator.reload()
  const asStored = async () => {
    const all = await shown()
    const from = all.indexOf(filledIn[0]!)
    return from < 0 ? [] : all.slice(from, from + filledIn.length)
  }
  await expect.poll(asStored).toEqual(filledIn)
})

/** The page's line to the feed, which can be cut and mended. */
async function cuttableLine(page: Page): Promise<{ cut(): Promise<void>; mend(): void }> {
  let isCut = false
  const open: WebSocketRoute[] = []
  await page.route('**/socket.io/**', (route) => (isCut ? route.abort() : route.fallback()))
  await page.routeWebSocket(/\/socket\.io\//, async (socket) => {
    if (isCut) return socket.close()
    socket.connectToServer()
    open.push(socket)
  })
  return {
    cut: async () => {
      isCut = true
      await Promise.all(open.splice(0).map((socket) => socket.close()))
    },
    mend: () => {
      isCut = false
    },
  }
}

async function ringBell(operator: Page): Promise<void> {
  await operator.goto('/inspector')
  await operator.getByRole('button', { name: 'Send a test message' }).click()
  await expect(operator.getByRole('heading', { level: 1 })).toHaveText('practice.bell-rung')
}

/** Sign-ups whose delivery to {@link COUNTING} dies, the newest last; so may those of other tests at the same time. */
async function dieForSignUps(operator: Page, visitor: Page, count: number): Promise<void> {
  await openNewest(operator, 'accounts.user-account-created')
  await setFault(operator, COUNTING, { fails: 'always' })
  const messages: string[] = []
  for (let each = 0; each < count; each += 1) {
    await visitor.context().clearCookies()
    await signUp(visitor, newPerson())
    await openNewest(operator, 'accounts.user-account-created')
    messages.push(operator.url())
  }
  for (const message of messages) {
    await operator.goto(message)
    await expect(lane(operator, COUNTING)).toContainText('dead', { timeout: 40_000 })
  }
  await stopFault(operator, COUNTING)
}

function group(operator: Page) {
  return operator
    .getByRole('list', { name: 'Groups of dead letters' })
    .getByRole('listitem')
    .filter({ hasText: COUNTING })
}
