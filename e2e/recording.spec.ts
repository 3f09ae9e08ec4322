import { readFile, writeFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { openNewest } from './inspector.ts'
import { expect, logIn, newPerson, OPERATOR, signUp, test } from './people.ts'

const tree = (page: Page) => page.getByRole('treegrid', { name: 'Conversation' })
const note = (page: Page) => page.getByRole('note', { name: 'Recording' })
const alert = (page: Page) => page.getByRole('alert').filter({ hasText: 'was not opened' })

interface Recorded {
  name: string
  text: string
}

async function exportNewest(page: Page): Promise<Recorded> {
  await openNewest(page, 'accounts.user-account-created')
  await page.getByRole('link', { name: 'Its conversation' }).click()
  await expect(tree(page).getByRole('row').filter({ hasText: 'communication.confirmation-email-sent' })).toBeVisible()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export' }).click(),
  ])
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
}

async function choose(page: Page, { name, text }: Recorded): Promise<void> {
  await page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
}

/** As a hand does it, onto any page. */
async function drop(page: Page, { name, text }: Recorded): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([content], fileName))
      return transfer
    },
    [name, text] as const,
  )
  await page.dispatchEvent('main', 'dragenter', { dataTransfer })
  await expect(page.getByText('Drop a recording to open it')).toBeVisible()
  await page.dispatchEvent('main', 'drop', { dataTransfer })
}

test('a conversation is exported, and opened by somebody else from the file alone', async ({
  operator,
  visitor,
  browser,
}) => {
  const person = newPerson('Rosa Luchs')
  await signUp(visitor, person)
  const recorded = await exportNewest(operator)
  expect(recorded.name).toMatch(/^conversation-\w{8}\.busrec$/)
  expect(recorded.text).not.toMatch(/rosa|luchs|person-/i)

  const context = await browser.newContext()
  const other = await context.newPage()
  await logIn(other, OPERATOR)
  await other.goto('/inspector/open')
  // From here on the server is away: what is seen comes from the file.
  await choose(other, recorded)
  await expect(note(other)).toContainText('A recording, not this bus')
  await context.setOffline(true)
  await expect(tree(other).getByRole('row').filter({ hasText: 'accounts.user-account-created' })).toBeVisible()
  await expect(other.getByRole('list', { name: 'Processes' })).toContainText('registration.sign-up')
  for (const key of ['2', '3', '4']) {
    await other.getByRole('tabpanel').press(key)
    await expect(other.getByRole('tab', { selected: true })).toHaveAttribute('title', key)
  }
  await other.getByRole('slider', { name: 'Playhead' }).fill('0')
  await expect(other.getByText('not sent yet').first()).toBeVisible()
  await expect(other.getByRole('list', { name: 'Processes' })).toContainText('has not begun')

  await other
    .getByTitle(/^accounts\.user-account-created/)
    .first()
    .click()
  const panel = other.getByRole('complementary', { name: 'Message' })
  await expect(panel.getByRole('tree', { name: 'Payload' })).toContainText('personal data, masked')
  await expect(panel.getByRole('list', { name: 'Deliveries' })).toContainText('succeeded')
  await expect(other.getByRole('button', { name: /Retry|Discard|Export/ })).toHaveCount(0)
  await context.close()
})

test('a recording is dropped on any page of the inspector', async ({ operator, visitor }) => {
  await signUp(visitor, newPerson())
  const recorded = await exportNewest(operator)
  await operator.goto('/inspector/handlers')
  await drop(operator, recorded)
  await expect(operator).toHaveURL(/\/inspector\/open/)
  await expect(note(operator)).toContainText(recorded.name)
  await expectAccessible(operator)
  // Opened once: whoever comes back opens another.
  await operator.goBack()
  await expect(operator.getByRole('heading', { name: 'Handlers' })).toBeVisible()
  await operator.goForward()
  await expect(operator.getByRole('heading', { name: 'Drop a recording here' })).toBeVisible()
})

test('the palette exports a conversation and leads to where one is opened', async ({ operator, visitor }) => {
  await signUp(visitor, newPerson())
  await exportNewest(operator)
  await operator.keyboard.press('Control+k')
  await operator.getByRole('combobox', { name: 'Go to any id' }).fill('export')
  // A press within milliseconds of the words is for what the list showed before them.
  const option = operator.getByRole('option', { name: 'Export this conversation' })
  await expect(option).toHaveAttribute('aria-selected', 'true')
  const [download] = await Promise.all([operator.waitForEvent('download'), operator.keyboard.press('Enter')])
  expect(download.suggestedFilename()).toMatch(/\.busrec$/)
  await operator.keyboard.press('Control+k')
  await operator.getByRole('combobox', { name: 'Go to any id' }).fill('recording')
  await operator.getByRole('option', { name: 'Open a recording' }).click()
  await expect(operator.getByRole('heading', { name: 'Open a recording' })).toBeVisible()
  await expectAccessible(operator)
})

test('a file that is no recording, too new, damaged or hostile does no harm and says what is wrong', async ({
  operator,
  visitor,
}, testInfo) => {
  await signUp(visitor, newPerson())
  const { text } = await exportNewest(operator)
  await operator.goto('/inspector/open')
  const told = async (name: string, content: string, problem: RegExp) => {
    await choose(operator, { name, text: content })
    await expect(alert(operator)).toContainText(name)
    await expect(alert(operator)).toContainText(problem)
  }
  await told('holiday.jpg', '\u0000\u0001not JSON', /no recording: it is not JSON/)
  await told('other.har', '{"log": {}}', /no recording of a conversation/)
  await told('newer.busrec', text.replace('"busrec":1', '"busrec":7'), /newer Waybill: its version is 7/)
  await told('cut.busrec', text.slice(0, text.length / 2), /cut short/)
  await told('damaged.busrec', text.replace('"kind":"command"', '"kind":"virus"'), /damaged at messages\[\d+\]\.kind/)
  const huge = testInfo.outputPath('huge.busrec')
  await writeFile(huge, ' '.repeat(65 * 1_024 * 1_024))
  await operator.locator('input[type=file]').setInputFiles(huge)
  await expect(alert(operator)).toContainText('65 MB')

  const markup = '<img src=x onerror=window.isHurt=true><script>window.isHurt=true</script>'
  const hostile = text
    .replaceAll('accounts.user-account-created', markup)
    .replaceAll('"lastError":null', `"lastError":${JSON.stringify(markup)}`)
  await choose(operator, { name: `${markup}.busrec`.replaceAll('/', '_'), text: hostile })
  await expect(note(operator)).toContainText('<img src=x')
  await operator.getByTitle(markup, { exact: true }).and(operator.locator('button')).first().click()
  await expect(operator.getByRole('complementary', { name: 'Message' })).toContainText(markup)
  expect(await operator.evaluate(() => 'isHurt' in window)).toBe(false)
  await told('other.har', '{"log": {}}', /no recording of a conversation/)
  await expect(note(operator)).toBeVisible()
})
