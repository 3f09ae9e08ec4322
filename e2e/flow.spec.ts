import type { Locator, Page } from '@playwright/test'
import { expect, test } from './people.ts'

test('an operator pauses a handler, what comes waits, and goes on when it is resumed', async ({ operator }) => {
  await operator.goto('/inspector/live')
  await operator.getByRole('navigation', { name: 'Inspector' }).getByRole('link', { name: 'Handlers' }).click()
  // This one notes in the audit that somebody set limits: no other test looks at it.
  const handler = handlerRow(operator, 'audit.record-limits')
  await expect(handler).toContainText('running')
  await handler.getByRole('button', { name: /^Pause/ }).click()
  await expect(handler).toContainText('paused')
  // Whoever pressed it by key goes on from there.
  await expect(handler.getByRole('button', { name: /^Resume/ })).toBeFocused()
  await expect(async () => {
    await setConcurrency(operator, handler, 3)
    await expect(waiting(handler)).toHaveText(/^Waiting[1-9]/)
  }).toPass()
  await expect(handler).toContainText('set by hand')
  await handler.getByRole('button', { name: /^Resume/ }).click()
  await expect(handler).toContainText('running')
  await expect(waiting(handler)).toHaveText('Waiting0')
})

test("neither the inspector's own handlers nor the one that lets people in can be paused, and the page says why", async ({
  operator,
}) => {
  await operator.goto('/inspector/handlers')
  for (const [name, why] of [
    ['inspector.pause-handler', /take back what was set/],
    ['accounts.open-session', /Nobody could log in/],
  ] as const) {
    for (const control of [/^Pause/, /^Limits/]) {
      const button = handlerRow(operator, name).getByRole('button', { name: control })
      await expect(button).toBeDisabled()
      await expect(button).toHaveAttribute('title', why)
    }
  }
})

function handlerRow(page: Page, name: string): Locator {
  return page.getByRole('table', { name: 'Handlers' }).getByRole('row').filter({ hasText: name }).first()
}

async function setConcurrency(page: Page, handler: Locator, concurrency: number): Promise<void> {
  await handler.getByRole('button', { name: /^Limits/ }).click()
  await page.getByLabel('At once, on one node').fill(String(concurrency))
  await page.getByRole('button', { name: 'Set limits' }).click()
}

/** The cell below *Waiting*, which says so itself where there is no head. */
function waiting(handler: Locator): Locator {
  return handler.getByRole('cell').nth(9)
}
