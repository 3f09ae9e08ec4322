import type { Page } from '@playwright/test'
import superjson from 'superjson'

/** Answers one question of the page with something made up; those that were asked along with it are really answered. */
export async function answerWith(page: Page, procedure: string, answer: () => unknown): Promise<void> {
  await page.route(`**/api/trpc/**${procedure}**`, async (route) => {
    const asked = new URL(route.request().url()).pathname.split('/').at(-1)!.split(',')
    const response = await route.fetch()
    const answers = (await response.json()) as unknown[]
    const place = asked.indexOf(procedure)
    if (place !== -1) answers[place] = { result: { data: superjson.serialize(answer()) } }
    await route.fulfill({ response, json: answers })
  })
}
