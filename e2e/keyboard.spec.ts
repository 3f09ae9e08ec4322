/** The inspector without a mouse: every key that the map of keys promises, and a whole incident. Nothing here clicks. */
import type { Browser, Locator, Page } from '@playwright/test'
import { KEY_MAP, type Meaning, meaningsOf, type Screen } from '../src/inspector/model/key-map.ts'
import { chips, lane } from './inspector.ts'
import type { OwnApp } from './own-app.ts'
import { test } from './own-app-test.ts'
import { expect, fillSignUp, newPerson, OPERATOR, type Person } from './people.ts'

const HANDLER = 'insights.count-sign-up'
const TRIGGER = 'accounts.user-account-created'

// An app of its own: what dies here is found, understood and mended here.
test.describe.configure({ mode: 'serial' })
test.use({ settings: { FAULTS: 'on' } })

let app: OwnApp
let operator: Page
/** Addresses to which keys have led once. */
let failing: string | undefined
let conversation: string | undefined

test.beforeAll(async ({ browser, app: own }) => {
  app = own
  const context = await browser.newContext({
    baseURL: app.url,
    permissions: ['clipboard-read', 'clipboard-write'],
    reducedMotion: 'reduce',
  })
  operator = await context.newPage()
  await signUpByKeys(operator, OPERATOR)
})
test.afterAll(() => operator.context().close())

test('an incident is found, understood, mended, retried and verified by keyboard alone', async ({ browser }) => {
  test.setTimeout(180_000)
  // It begins as incidents do: something breaks, and people go on signing up.
  await openNewestByKeys(operator)
  await misbehave(operator, 'Always fail')
  for (let each = 0; each < 3; each += 1) await somebodySignsUp(browser)

  // Found: the way leads from the overview over the kind of failure to one of those it hit.
  await operator.goto('/inspector')
  await goByPalette(operator, 'Dead letters')
  await expect(operator).toHaveURL('/inspector/dead-letters')
  const cards = groups(operator)
  await expect(cards.filter({ hasText: HANDLER })).toHaveText(/^3/, { timeout: 60_000 })
  await operator.keyboard.press('j')
  await expect(cards.getByRole('link').first()).toBeFocused()
  await operator.keyboard.press('Enter')
  await expect(operator.getByRole('heading', { level: 1 })).toContainText('told to fail')
  await pressUntilFocused(
    operator,
    'j',
    operator.getByRole('list', { name: 'Dead letters', exact: true }).getByRole('link').first(),
  )
  await operator.keyboard.press('Enter')

  // Understood: the failing lane says what happened, and that a fault was set.
  await expect(lane(operator, HANDLER)).toBeVisible()
  await operator.keyboard.press('e')
  await expect(lane(operator, HANDLER).getByRole('button', { name: HANDLER })).toBeFocused()
  await expect(operator.getByRole('region', { name: 'Explanation' })).toContainText(HANDLER)
  await expect(lane(operator, HANDLER)).toContainText(/2 others share/)
  await expect(lane(operator, HANDLER)).toContainText('Always fails')

  // Mended.
  await tabTo(operator, lane(operator, HANDLER).getByRole('button', { name: 'Make it misbehave' }))
  await operator.keyboard.press('Enter')
  await tabTo(operator, operator.getByRole('button', { name: 'Stop fault' }))
  await operator.keyboard.press('Enter')
  await expect(lane(operator, HANDLER)).not.toContainText('Always fails')
  await expect(lane(operator, HANDLER).getByRole('button', { name: 'Make it misbehave' })).toBeFocused()

  // Retried in stages: one first, and the rest when that went well.
  await goByPalette(operator, 'Dead letters')
  await expect(operator).toHaveURL('/inspector/dead-letters')
  await pressUntilFocused(operator, 'j', cards.getByRole('link').first())
  await operator.keyboard.press('r')
  const dialog = operator.getByRole('dialog', { name: 'Retry dead letters?' })
  await expect(dialog).toContainText('3 dead letters as of')
  await expect(dialog.getByLabel('One first, then 10, then the rest')).toBeChecked()
  await expect(dialog.getByRole('region', { name: 'What it will do' }).getByRole('listitem')).toHaveText(['1', '2'])
  await tabTo(operator, dialog.getByLabel('per second'))
  await operator.keyboard.press('Control+a')
  await operator.keyboard.type('5')
  await tabTo(operator, dialog.getByRole('button', { name: 'Retry 3 dead letters' }))
  await operator.keyboard.press('Enter')

  // Verified: each of them, and that nothing is left.
  await expect(operator).toHaveURL(/\/inspector\/operations\//)
  await expect(operator.getByRole('status').filter({ hasText: 'Completed' })).toBeVisible({ timeout: 30_000 })
  const stages = operator.getByRole('list', { name: 'Stages' }).getByRole('listitem')
  await expect(stages).toContainText(['went well', 'went well'])
  const outcomes = operator.getByRole('list', { name: 'Outcomes' })
  await expect(outcomes.getByText('succeeded')).toHaveCount(3)
  await pressUntilFocused(operator, 'j', outcomes.getByRole('link').first())
  await operator.keyboard.press('Enter')
  await expect(lane(operator, HANDLER)).toContainText('succeeded')
  await goByPalette(operator, 'Dead letters')
  await expect(operator.getByRole('heading', { name: 'Nothing is dead' })).toBeVisible()
})

type Checks = { readonly [On in Screen]: { readonly [Name in Meaning<On>]: (page: Page) => Promise<void> } }

/** What is seen when the first key of a meaning is pressed. The types see to it that none is left out. */
const CHECKS: Checks = {
  messages: {
    filter: async (page) => {
      await onLive(page)
      await page.keyboard.press('/')
      await expect(page.getByLabel('Filter messages')).toBeFocused()
    },
    views: async (page) => {
      await onLive(page)
      await page.keyboard.press('v')
      await expect(page.getByRole('dialog', { name: 'Saved views' })).toBeVisible()
    },
    next: async (page) => {
      await onLive(page)
      await page.keyboard.press('j')
      await page.keyboard.press('ArrowDown')
      await expect(rows(page).nth(1)).toBeFocused()
    },
    before: async (page) => {
      await onLive(page)
      for (const key of ['j', 'j', 'j', 'k', 'ArrowUp']) await page.keyboard.press(key)
      await expect(rows(page).first()).toBeFocused()
    },
    nextFailure: async (page) => {
      await onLive(page)
      await page.keyboard.press('e')
      await expect(page.locator('[data-row-link]:focus')).toHaveAccessibleName(TRIGGER)
    },
    failureBefore: async (page) => {
      await onLive(page)
      await page.keyboard.press('e')
      const first = await page.locator('[data-row-link]:focus').getAttribute('href')
      await page.keyboard.press('e')
      await expect(page.locator(`[data-row-link]:focus`)).not.toHaveAttribute('href', first!)
      await page.keyboard.press('E')
      await expect(page.locator('[data-row-link]:focus')).toHaveAttribute('href', first!)
    },
    nextDelivery: async (page) => {
      await onLive(page)
      await page.keyboard.press('e')
      await page.keyboard.press('ArrowRight')
      await expect(page.getByRole('tooltip')).toContainText(TRIGGER)
      await expect(page.locator('[data-pip]:focus')).toHaveAccessibleName(/^[a-z.-]+: \w+/)
      await page.keyboard.press('Enter')
      const panel = page.getByRole('complementary', { name: 'Message' })
      await expect(panel.getByRole('button', { expanded: true }).first()).toBeVisible()
      await expect(page).toHaveURL(/&h=/)
      await expect(page.getByRole('tooltip')).toHaveCount(0)
      await page.keyboard.press('o')
    },
    deliveryBefore: async (page) => {
      await onLive(page)
      await page.keyboard.press('e')
      await page.keyboard.press('ArrowRight')
      await expect(page.getByRole('tooltip')).toBeVisible()
      await page.keyboard.press('ArrowLeft')
      await expect(page.locator('[data-row-link]:focus')).toHaveAccessibleName(TRIGGER)
      await expect(page.getByRole('tooltip')).toHaveCount(0)
    },
    open: async (page) => {
      await onLive(page)
      await page.keyboard.press('j')
      await page.keyboard.press('Enter')
      await expect(page).toHaveURL(/\/inspector\/m\//)
    },
    panel: async (page) => {
      await onLive(page)
      await page.keyboard.press('j')
      await page.keyboard.press('o')
      const panel = page.getByRole('complementary', { name: 'Message' })
      await expect(panel).toBeVisible()
      await page.keyboard.press('o')
      await expect(panel).toHaveCount(0)
    },
    tab: async (page) => {
      await onLive(page)
      await page.keyboard.press('j')
      await page.keyboard.press('o')
      for (const [key, name] of [
        ['2', 'Payload'],
        ['3', 'Attempts'],
        ['1', 'Fan-out'],
      ] as const) {
        await page.keyboard.press(key)
        await expect(page.getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true')
      }
    },
    mark: async (page) => {
      await onLive(page)
      await page.keyboard.press('j')
      await page.keyboard.press('x')
      await expect(page.getByText('1 marked')).toBeVisible()
      await page.keyboard.press('x')
    },
    conversation: async (page) => {
      await onLive(page)
      await page.keyboard.press('j')
      await page.keyboard.press('f')
      await expect(chips(page)).toHaveText(/^id:/)
    },
    follow: async (page) => {
      await onLive(page)
      await page.keyboard.press('e')
      await followAndStop(page)
    },
    copyId: async (page) => {
      await onLive(page)
      await page.keyboard.press('j')
      const id = idIn(await rows(page).first().getAttribute('href'))
      await page.keyboard.press('c')
      await expect.poll(() => clipboard(page)).toBe(id)
    },
    copyLink: async (page) => {
      await onLive(page)
      await page.keyboard.press('j')
      const href = await rows(page).first().getAttribute('href')
      await page.keyboard.press('C')
      await expect.poll(() => clipboard(page)).toBe(`${app.url}${href}`)
    },
    retry: async (page) => {
      await onLive(page)
      await page.keyboard.press('e')
      await page.keyboard.press('r')
      await expect(page.getByText('The delivery is tried again')).toBeVisible()
    },
    pause: async (page) => {
      await onLive(page)
      await page.keyboard.press('Space')
      await expect(page.getByText('Paused', { exact: true })).toBeVisible()
      await page.keyboard.press('Space')
      await expect(page.getByText('Paused', { exact: true })).toHaveCount(0)
    },
    newest: async (page) => {
      await onLive(page)
      await page.keyboard.press('j')
      await expect(page.getByText('holding still while you read')).toBeVisible()
      await page.keyboard.press('End')
      await expect(page.getByText('following', { exact: true })).toBeVisible()
    },
  },
  message: {
    next: async (page) => {
      await onFailing(page)
      await page.keyboard.press('j')
      await page.keyboard.press('k')
      const focused = page.locator('[data-lane]:focus')
      const first = await focused.getAttribute('data-lane')
      await page.keyboard.press('j')
      await expect(focused).not.toHaveAttribute('data-lane', first!)
    },
    before: async (page) => {
      await onFailing(page)
      for (const key of ['j', 'k', 'k', 'k', 'k', 'k', 'k', 'k']) await page.keyboard.press(key)
      await expect(page.locator('[data-lane]').first()).toBeFocused()
    },
    nextFailure: async (page) => {
      await onFailing(page)
      await page.keyboard.press('e')
      await expect(page.locator('[data-lane]:focus')).toContainText('count-sign-up')
    },
    failureBefore: async (page) => {
      await onFailing(page)
      await page.keyboard.press('E')
      await expect(page.locator('[data-lane]:focus')).toContainText('count-sign-up')
    },
    tab: async (page) => {
      await onFailing(page)
      await page.keyboard.press('4')
      await expect(page.getByRole('tree', { name: 'Payload' })).toHaveCount(0)
      await page.keyboard.press('2')
      await expect(page.getByText('it never gets stale')).toBeVisible()
      await page.keyboard.press('3')
      await expect(page.getByText('30 days after its last delivery was settled')).toBeVisible()
      await page.keyboard.press('5')
      await expect(page.getByRole('combobox', { name: 'Compared with' })).toBeVisible()
      await page.keyboard.press('1')
      await expect(page.getByRole('tree', { name: 'Payload' })).toBeVisible()
    },
    root: async (page) => {
      await onFailing(page)
      await page.keyboard.press('t')
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('accounts.create-user')
    },
    parent: async (page) => {
      await onFailing(page)
      await page.keyboard.press('p')
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('accounts.create-user')
    },
    nextMessage: async (page) => {
      await onFailing(page)
      const from = page.url()
      await page.keyboard.press(']')
      await expect(page).not.toHaveURL(from)
      await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(TRIGGER)
    },
    messageBefore: async (page) => {
      await onFailing(page)
      await page.keyboard.press('[')
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('accounts.create-user')
    },
    conversation: async (page) => {
      await onFailing(page)
      await page.keyboard.press('f')
      await expect(page).toHaveURL(/\/inspector\/c\//)
    },
    follow: async (page) => {
      await onFailing(page)
      await page.keyboard.press('e')
      await followAndStop(page)
    },
    copyId: async (page) => {
      await onFailing(page)
      await page.keyboard.press('c')
      await expect.poll(() => clipboard(page)).toBe(idIn(page.url()))
    },
    retry: async (page) => {
      await onFailing(page)
      await expect(lane(page, HANDLER)).toContainText('dead', { timeout: 60_000 })
      await page.keyboard.press('r')
      await expect(page.getByText('The delivery is tried again')).toBeVisible()
    },
  },
  conversation: {
    view: async (page) => {
      await onConversation(page)
      for (const [key, name] of [
        ['2', 'Sequence'],
        ['3', 'Graph'],
        ['4', 'Table'],
        ['1', 'Tree'],
      ] as const) {
        await page.keyboard.press(key)
        await expect(page.getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true')
      }
    },
    next: async (page) => {
      await onConversation(page)
      await page.keyboard.press('j')
      await page.keyboard.press('j')
      await expect(page.getByRole('row', { selected: true })).toHaveAttribute('aria-rowindex', '3')
    },
    before: async (page) => {
      await onConversation(page)
      for (const key of ['j', 'j', 'k']) await page.keyboard.press(key)
      await expect(page.getByRole('row', { selected: true })).toHaveAttribute('aria-rowindex', '2')
    },
    nextFailure: async (page) => {
      await onConversation(page)
      await page.keyboard.press('e')
      await expect(page.getByRole('row', { selected: true })).toContainText('count-sign-up')
    },
    failureBefore: async (page) => {
      await onConversation(page)
      await page.keyboard.press('E')
      await expect(page.getByRole('row', { selected: true })).toContainText('count-sign-up')
    },
    root: async (page) => {
      await onConversation(page)
      await page.keyboard.press('e')
      await page.keyboard.press('t')
      await expect(page.getByRole('row', { selected: true })).toHaveAttribute('aria-rowindex', '2')
    },
    parent: async (page) => {
      await onConversation(page)
      await page.keyboard.press('e')
      await page.keyboard.press('p')
      await expect(page.getByRole('row', { selected: true })).toContainText('user-account-created')
    },
    nextMessage: async (page) => {
      await onConversation(page)
      await page.keyboard.press(']')
      await page.keyboard.press(']')
      await expect(page.getByRole('row', { selected: true })).toContainText('user-account-created')
    },
    messageBefore: async (page) => {
      await onConversation(page)
      for (const key of [']', ']', '[']) await page.keyboard.press(key)
      await expect(page.getByRole('row', { selected: true })).toContainText('create-user')
    },
    zoomIn: async (page) => {
      await onConversation(page)
      await page.keyboard.press('+')
      await expect(page).toHaveURL(/zoom=/)
      const first = shownMs(page)
      await page.keyboard.press('+')
      await expect.poll(() => shownMs(page)).toBeLessThan(first)
    },
    zoomOut: async (page) => {
      await onConversation(page)
      await page.keyboard.press('+')
      await expect(page).toHaveURL(/zoom=/)
      const wide = shownMs(page)
      await page.keyboard.press('+')
      await expect.poll(() => shownMs(page)).toBeLessThan(wide)
      const near = shownMs(page)
      await page.keyboard.press('-')
      await expect.poll(() => shownMs(page)).toBeGreaterThan(near)
    },
    zoomAll: async (page) => {
      await onConversation(page)
      await page.keyboard.press('+')
      await expect(page).toHaveURL(/zoom=/)
      await page.keyboard.press('0')
      await expect(page).not.toHaveURL(/zoom=/)
    },
    play: async (page) => {
      await onConversation(page)
      await page.keyboard.press('Space')
      await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()
      await page.keyboard.press('Space')
      await expect(page.getByRole('button', { name: 'Play' })).toBeVisible()
    },
    step: async (page) => {
      await onConversation(page)
      await page.keyboard.press(',')
      await expect(page).toHaveURL(/[?&]t=\d/)
      const last = page.url()
      await page.keyboard.press(',')
      await expect(page).not.toHaveURL(last)
      await page.keyboard.press('.')
      await expect(page).toHaveURL(last)
    },
    stepBack: async (page) => {
      await onConversation(page)
      await page.keyboard.press(',')
      await expect(page).toHaveURL(/[?&]t=\d/)
    },
    follow: async (page) => {
      await onConversation(page)
      await page.keyboard.press('2')
      await page.keyboard.press('e')
      await page.keyboard.press('F')
      await expect(page.getByRole('region', { name: 'Followed' })).toContainText('1 dead')
      // Of whoever is followed each step lights up, in every view.
      for (const view of ['2', '3', '4', '1']) {
        await page.keyboard.press(view)
        await expect(page.locator('#conversation-view [data-lit]').first()).toBeVisible()
      }
      await page.keyboard.press('Escape')
      await expect(page.locator('[data-lit]')).toHaveCount(0)
    },
    copyId: async (page) => {
      await onConversation(page)
      await page.keyboard.press('c')
      await expect.poll(() => clipboard(page)).toBe(idIn(page.url()))
    },
  },
  process: {
    pickA: async (page) => {
      await onProcess(page)
      await pressUntilFocused(page, 'j', page.locator('[data-step="2"] a').first())
      await page.keyboard.press('a')
      await expect(page.getByRole('button', { name: 'Step 2 is a' })).toHaveAttribute('aria-pressed', 'true')
      await expect(page).toHaveURL(/a=2/)
    },
    pickB: async (page) => {
      await onProcess(page)
      await pressUntilFocused(page, 'j', page.locator('[data-step="2"] a').first())
      await page.keyboard.press('a')
      await pressUntilFocused(page, 'j', page.locator('[data-step="1"] a').first())
      await page.keyboard.press('b')
      await expect(page.getByRole('region', { name: 'Two steps compared' })).toContainText('From step 1 to step 2')
    },
  },
  everywhere: {
    palette: async (page) => {
      await onDeadLetters(page)
      await page.keyboard.press('Control+k')
      await expect(palette(page)).toBeFocused()
      await page.keyboard.press('Control+k')
      await expect(palette(page)).toHaveCount(0)
    },
    look: async (page) => {
      await onDeadLetters(page)
      await page.keyboard.press('/')
      await expect(palette(page)).toBeFocused()
      await page.keyboard.press('Escape')
      await expect(palette(page)).toHaveCount(0)
    },
    nextRow: async (page) => {
      await onDeadLetters(page)
      await page.keyboard.press('j')
      await expect(firstGroup(page)).toBeFocused()
    },
    rowBefore: async (page) => {
      await onDeadLetters(page)
      await page.keyboard.press('j')
      await page.keyboard.press('Enter')
      const letters = page.getByRole('list', { name: 'Dead letters', exact: true })
      await pressUntilFocused(page, 'j', letters.getByRole('link').first())
      const focused = letters.locator('a:focus')
      const first = await focused.getAttribute('href')
      await page.keyboard.press('j')
      await expect(focused).not.toHaveAttribute('href', first!)
      await page.keyboard.press('k')
      await expect(focused).toHaveAttribute('href', first!)
    },
    openRow: async (page) => {
      await onDeadLetters(page)
      await page.keyboard.press('j')
      await page.keyboard.press('o')
      await expect(page).toHaveURL(/dead-letters\/./)
    },
    markRow: async (page) => {
      await onDeadLetters(page)
      // What the keys of other screens retried has died again: it takes its row with it when it goes.
      await expect(groups(page).filter({ hasText: HANDLER })).toHaveText(/^3/, { timeout: 60_000 })
      await page.keyboard.press('j')
      await page.keyboard.press('Enter')
      const row = page.getByRole('list', { name: 'Dead letters', exact: true }).getByRole('listitem').first()
      await pressUntilFocused(page, 'j', row.getByRole('link'))
      await page.keyboard.press('x')
      await expect(row.getByRole('checkbox')).toBeChecked()
      await page.keyboard.press('x')
      await expect(row.getByRole('checkbox')).not.toBeChecked()
    },
    retryRow: async (page) => {
      await onDeadLetters(page)
      await page.keyboard.press('j')
      await page.keyboard.press('r')
      await expect(page.getByRole('dialog', { name: 'Retry dead letters?' })).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
    },
    copyLink: async (page) => {
      await onDeadLetters(page)
      await page.keyboard.press('C')
      await expect.poll(() => clipboard(page)).toBe(page.url())
    },
    undo: async (page) => {
      await onFailing(page)
      await expect(lane(page, HANDLER)).toContainText('dead', { timeout: 60_000 })
      await page.keyboard.press('e')
      await tabTo(page, lane(page, HANDLER).getByRole('button', { name: 'Discard' }))
      await page.keyboard.press('Enter')
      await expect(page.getByRole('textbox', { name: 'Reason' })).toBeFocused()
      await page.keyboard.type('a slip of the hand')
      await page.keyboard.press('Enter')
      await expect(page.getByText('The delivery is discarded')).toBeVisible()
      await page.keyboard.press('Control+z')
      await expect(page.getByText('The delivery is what it was before')).toBeVisible()
      await expect(lane(page, HANDLER)).toContainText('dead')
    },
    unfollow: async (page) => {
      await onFailing(page)
      await page.keyboard.press('F')
      await expect(page.getByRole('region', { name: 'Followed' })).toBeVisible()
      await page.goto('/inspector/dead-letters')
      await expect(page.getByRole('region', { name: 'Followed' })).toContainText('1 dead')
      await page.keyboard.press('Escape')
      await expect(page.getByRole('region', { name: 'Followed' })).toHaveCount(0)
      await expect(page).toHaveURL('/inspector/dead-letters')
    },
    help: async (page) => {
      await onDeadLetters(page)
      await page.keyboard.press('?')
      const sheet = page.getByRole('dialog', { name: 'Keys' })
      for (const { title, meanings } of Object.values(KEY_MAP)) {
        const section = sheet.getByRole('region', { name: title })
        for (const { says } of Object.values(meanings)) await expect(section).toContainText(says)
      }
    },
  },
}

test('what the keys need: people who sign up while a handler fails', async ({ browser }) => {
  test.setTimeout(120_000)
  await openNewestByKeys(operator)
  await misbehave(operator, 'Always fail')
  for (let each = 0; each < 3; each += 1) await somebodySignsUp(browser)
  await operator.goto('/inspector/dead-letters')
  await expect(operator.getByRole('main')).toContainText(HANDLER, { timeout: 60_000 })
})

for (const screen of Object.keys(KEY_MAP) as Screen[]) {
  test(`every key works: ${KEY_MAP[screen].title}`, async () => {
    test.setTimeout(120_000)
    const checks = CHECKS[screen] as Record<string, (page: Page) => Promise<void>>
    for (const [name, { keys, says }] of meaningsOf(screen)) {
      await test.step(`${keys.join(' ')}: ${says}`, () => checks[name]!(operator))
    }
  })
}

const rows = (page: Page) => page.getByRole('grid', { name: 'Messages' }).locator('[data-row-link]')
const palette = (page: Page) => page.getByRole('combobox', { name: 'Go to any id, page or action' })
const groups = (page: Page) => page.getByRole('list', { name: 'Groups of dead letters' }).getByRole('listitem')
const firstGroup = (page: Page) => groups(page).getByRole('link').first()
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText())

async function onLive(page: Page): Promise<void> {
  await page.goto('/inspector/live')
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await expect(rows(page).first()).toBeVisible()
}

async function followAndStop(page: Page): Promise<void> {
  await page.keyboard.press('F')
  const strip = page.getByRole('region', { name: 'Followed' })
  await expect(strip).toContainText(/\d+ messages/)
  await page.keyboard.press('Escape')
  await expect(strip).toHaveCount(0)
}

/** How much time the conversation's views show. */
function shownMs(page: Page): number {
  const [from = 0, to = 0] = (new URL(page.url()).searchParams.get('zoom') ?? '').split('-').map(Number)
  return to - from
}

/** At the newest message of which something died or is being tried again. */
async function onFailing(page: Page): Promise<void> {
  if (failing) await page.goto(failing)
  else {
    await onLive(page)
    await page.keyboard.press('e')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/inspector\/m\//)
    failing = page.url()
  }
  // A way that leads nowhere yet is a link that cannot be followed.
  await expect(page.getByRole('link', { name: 'Next message', disabled: false })).toBeVisible()
  await expect(page.getByText('connected', { exact: true })).toBeVisible()
}

async function onConversation(page: Page): Promise<void> {
  if (!conversation) {
    await onFailing(page)
    await page.keyboard.press('f')
    await expect(page).toHaveURL(/\/inspector\/c\//)
    // Without the message that one came from.
    conversation = page.url().split('?')[0]!
  }
  await page.goto(conversation)
  await expect(page.getByRole('treegrid')).toBeVisible()
  await expect(page.getByText('connected', { exact: true })).toBeVisible()
}

async function onProcess(page: Page): Promise<void> {
  await page.goto('/inspector/processes')
  await expect(page.getByText('connected', { exact: true })).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-step="2"]')).toBeVisible()
}

async function onDeadLetters(page: Page): Promise<void> {
  await page.goto('/inspector/dead-letters')
  await expect(page.getByText('connected', { exact: true })).toBeVisible()
  await expect(page.getByRole('list', { name: 'Groups of dead letters' })).toBeVisible({ timeout: 60_000 })
}

async function openNewestByKeys(page: Page): Promise<void> {
  await page.goto(`/inspector/live?q=type:${TRIGGER}`)
  await expect(rows(page).first()).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(lane(page, HANDLER)).toBeVisible()
}

async function misbehave(page: Page, how: string): Promise<void> {
  await tabTo(page, lane(page, HANDLER).getByRole('button', { name: 'Make it misbehave' }))
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('radio', { name: 'Fail the next times' }))
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('radio', { name: how })).toBeChecked()
  await page.keyboard.press('Enter')
  await expect(lane(page, HANDLER)).toContainText('Always fails')
}

async function somebodySignsUp(browser: Browser): Promise<void> {
  const context = await browser.newContext({ baseURL: app.url })
  await signUpByKeys(await context.newPage(), newPerson())
  await context.close()
}

async function signUpByKeys(page: Page, person: Person): Promise<void> {
  await fillSignUp(page, person)
  await page.getByLabel('Password').press('Enter')
  await page.waitForURL('**/welcome')
}

async function goByPalette(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(palette(page)).toBeFocused()
  await page.keyboard.type(name)
  await pressUntil(page, 'ArrowDown', async () => {
    const option = page.getByRole('option', { name, exact: true })
    return (await option.getAttribute('aria-selected')) === 'true'
  })
  await page.keyboard.press('Enter')
}

async function tabTo(page: Page, target: Locator): Promise<void> {
  await pressUntilFocused(page, 'Tab', target)
}

async function pressUntilFocused(page: Page, key: string, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  await pressUntil(page, key, () => target.evaluate((element) => element === document.activeElement))
}

async function pressUntil(page: Page, key: string, isThere: () => Promise<boolean>): Promise<void> {
  for (let step = 0; step < 80; step += 1) {
    if (await isThere()) return
    await page.keyboard.press(key)
  }
  throw new Error(`${key} does not lead there`)
}

function idIn(address: string | null): string {
  return new URL(address ?? '', app.url).pathname.split('/').at(-1)!
}
