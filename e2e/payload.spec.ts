import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { answerLargePayload } from './large-payload.ts'
import { expect, newPerson, signUp, test } from './people.ts'

const LINES = 20_000
/** About a million characters. */
const LARGE = JSON.stringify({
  lines: Array.from({ length: LINES }, (_, index) => ({ sku: `sku-${index}`, note: 'x'.repeat(16) })),
  total: 1,
}).replace('"total":1', '"total":9007199254740993')

/** Opens the newest message beside the list, with a payload that is far too large to come with it. */
async function openLarge(page: Page): Promise<void> {
  await answerLargePayload(page, LARGE)
  await page.goto('/inspector/live')
  await page
    .getByRole('grid', { name: 'Messages' })
    .locator('[role=row]')
    .nth(1)
    .click({ position: { x: 500, y: 10 } })
  await page.getByRole('tab', { name: 'Payload' }).click()
}

test('a payload of a million characters is read by a worker, folded, searched and taken along', async ({
  operator,
  visitor,
}) => {
  await signUp(visitor, newPerson())
  // Whatever the page itself parses is noted.
  await operator.addInitScript(() => {
    const parse = JSON.parse.bind(JSON)
    const parsed: number[] = []
    Object.assign(globalThis, { parsed })
    JSON.parse = (text: string, reviver?: (key: string, value: unknown) => unknown): unknown => {
      if (reviver) parsed.push(text.length)
      return parse(text, reviver)
    }
  })
  await openLarge(operator)
  const panel = operator.getByRole('complementary', { name: 'Message' })
  await expect(panel).toContainText(/It is long: [\d,]+ KB\. This is its beginning\./)
  await panel.getByRole('button', { name: 'Read all of it' }).click()
  const tree = panel.getByRole('tree', { name: 'Payload' })
  await expect(tree.getByRole('treeitem').first()).toContainText('lines')
  await expect(tree).toContainText('9007199254740993')
  await expect(tree).toContainText('[19900 … 19999]')

  await panel.getByLabel('Find in the payload').fill('sku-19999')
  await expect(panel.getByText('1 of 1')).toBeVisible()
  await expect(tree.getByRole('treeitem', { selected: true })).toContainText('sku-19999')
  const fields = tree.getByRole('treeitem').filter({ hasText: /sku-19999|x{16}/ })
  for (const first of ['sku-19999', 'x'.repeat(16), 'sku-19999']) {
    await expect(fields.first()).toContainText(first)
    await panel.getByRole('button', { name: 'Sort keys' }).click()
  }
  await panel.getByRole('button', { name: 'Sort keys' }).click()
  await panel.getByLabel('Find in the payload').fill('sku-')
  await expect(panel.getByText('1 of 1000 or more')).toBeVisible()

  const [download] = await Promise.all([
    operator.waitForEvent('download'),
    panel.getByRole('button', { name: 'Download' }).click(),
  ])
  const taken = await readFile(await download.path(), 'utf8')
  expect(taken).toContain('9007199254740993')
  expect((JSON.parse(taken) as { lines: unknown[] }).lines).toHaveLength(LINES)
  await panel.getByRole('button', { name: 'Raw' }).click()
  await expect(panel.getByText('This is its beginning. “Download” has all of it.')).toBeVisible()
  expect(operator.workers()).toHaveLength(1)
  const parsed = await operator.evaluate(() => (globalThis as unknown as { parsed: number[] }).parsed)
  expect(Math.max(0, ...parsed)).toBeLessThan(65_537)
  await panel.getByRole('tab', { name: 'Fan-out' }).click()
  await expect.poll(() => operator.workers().length).toBe(0)
})
