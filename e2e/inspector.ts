import { expect, type Locator, type Page } from '@playwright/test'

/** The lane of one handler on a message's page. */
export function lane(page: Page, handler: string): Locator {
  return page.getByRole('list', { name: 'Deliveries' }).getByRole('listitem').filter({ hasText: handler })
}

/** What is finished of the filter of the live list. */
export function chips(page: Page): Locator {
  return page.getByRole('list', { name: 'Filters' }).locator('[data-chip]')
}

/** Opens the newest message of a type, or of those that begin so, from the live list. */
export async function openNewest(page: Page, name: string): Promise<void> {
  // Of that type alone: in a list of all it may be below what others have sent since.
  await page.goto(`/inspector/live?q=${encodeURIComponent(`type:${name}*`)}`)
  // Not by a click: what others send meanwhile moves the rows under it.
  await page.getByRole('grid', { name: 'Messages' }).getByRole('link', { name }).first().press('Enter')
  await expect(page.getByRole('list', { name: 'Deliveries' })).toBeVisible()
}

/** Opens the newest instance of a process from the list. */
export async function openNewestProcess(page: Page): Promise<void> {
  await page.goto('/inspector/processes')
  await page.getByRole('table', { name: 'Processes' }).getByRole('link').first().click()
  await expect(page.getByRole('group', { name: 'Statechart' })).toBeVisible()
}

/** Failures of the next attempts, `always` without end; or the milliseconds that each of them takes longer. */
export type Fault = { fails: number | 'always' } | { slowMs: number }

export async function setFault(page: Page, handler: string, fault: Fault): Promise<void> {
  await askForFault(page, handler, fault)
  await expect(lane(page, handler)).toContainText(wordsOf(fault))
}

/** Where others act on the handler meanwhile: some of its failures may be theirs before one looks. */
export async function askForFault(page: Page, handler: string, fault: Fault): Promise<void> {
  await lane(page, handler)
    .getByRole('button', { name: /misbehave/i })
    .click()
  if ('slowMs' in fault) {
    await page.getByRole('radio', { name: /slow/i }).check()
    await page.getByRole('spinbutton', { name: 'Milliseconds' }).fill(String(fault.slowMs))
  } else if (fault.fails === 'always') await page.getByRole('radio', { name: /always/i }).check()
  else {
    await page.getByRole('radio', { name: /next/i }).check()
    await page.getByRole('spinbutton', { name: 'Times' }).fill(String(fault.fails))
  }
  await page.getByRole('button', { name: 'Set fault' }).click()
}

function wordsOf(fault: Fault): RegExp {
  if ('slowMs' in fault) return /slow/i
  return fault.fails === 'always' ? /always fails/i : new RegExp(`fails next ${fault.fails}`, 'i')
}

export async function stopFault(page: Page, handler: string): Promise<void> {
  await lane(page, handler)
    .getByRole('button', { name: /misbehave/i })
    .click()
  await page.getByRole('button', { name: 'Stop fault' }).click()
  await expect(lane(page, handler)).not.toContainText(/always fails|fails next|slow/i)
}
