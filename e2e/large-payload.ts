import type { Page } from '@playwright/test'
import { answerWith } from './api.ts'

const HEAD = 2_000

/** Gives every message a payload that is far too large to come with it: the page has its beginning, and asks for all. */
export async function answerLargePayload(page: Page, json: string): Promise<void> {
  await answerWith(page, 'inspector.payload', () => json)
  await page.route('**/api/trpc/**inspector.message**', async (route) => {
    const response = await route.fetch()
    const text = await response.text()
    const payload = JSON.stringify({ json: json.slice(0, HEAD), length: json.length, isWhole: false })
    await route.fulfill({
      response,
      body: text.replace(/"payload":\{"json":"(?:[^"\\]|\\.)*","length":\d+,"isWhole":true\}/, `"payload":${payload}`),
    })
  })
}
