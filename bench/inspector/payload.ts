/**
 * How long a payload of a million characters takes to open: from the click on its tab to its beginning, and from “Read
 * all of it” to its tree, with the longest task of the page meanwhile. `npm run bench:inspector -- payload` measures it.
 */
import type { Page } from '@playwright/test'
import { answerLargePayload } from '../../e2e/large-payload.ts'
import { OPERATOR, signUp } from '../../e2e/people.ts'
import { percentile } from '../measure.ts'
import { withAppPage } from './app-page.ts'

const ROUNDS = 7
const LARGE = JSON.stringify({
  lines: Array.from({ length: 20_000 }, (_, index) => ({ sku: `sku-${index}`, note: 'x'.repeat(16) })),
})

export async function measurePayload() {
  return withAppPage(async (page) => {
    await signUp(page, OPERATOR)
    await answerLargePayload(page, LARGE)
    const opened: Opened[] = []
    for (let round = 0; round < ROUNDS; round += 1) opened.push(await openOnce(page))
    const median = (of: (one: Opened) => number) => Math.round(percentile(opened.map(of), 0.5))
    return {
      characters: LARGE.length,
      'head-ms': median((each) => each.head.ms),
      'head-longest-task-ms': median((each) => each.head.longest),
      'whole-ms': median((each) => each.whole.ms),
      'whole-longest-task-ms': median((each) => each.whole.longest),
    }
  })
}

interface Took {
  ms: number
  longest: number
}

interface Opened {
  head: Took
  whole: Took
}

async function openOnce(page: Page): Promise<Opened> {
  await page.goto('/inspector/live')
  await page.getByRole('grid', { name: 'Messages' }).locator('[data-row-link]').first().waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('o')
  await page.getByRole('tab', { name: 'Payload' }).waitFor()
  await page.waitForLoadState('networkidle')
  const head = await timed(page, { press: 'Payload', until: 'This is its beginning' })
  const whole = await timed(page, { press: 'Read all of it', until: '[0 … 99]' })
  return { head, whole }
}

/** From a press until the words are painted, as the page itself sees it. */
function timed(page: Page, { press, until }: { press: string; until: string }): Promise<Took> {
  return page.evaluate(
    async ({ press, until }) => {
      const tasks: number[] = []
      const watch = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((each) => each.duration)))
      watch.observe({ type: 'longtask' })
      const button = [...document.querySelectorAll<HTMLElement>('button, [role=tab]')].find(
        (each) => each.textContent?.trim() === press,
      )
      const panel = document.querySelector('aside, [role=complementary]')!
      const startedAt = performance.now()
      button!.click()
      while (!panel.textContent?.includes(until)) await new Promise(requestAnimationFrame)
      await new Promise(requestAnimationFrame)
      const ms = performance.now() - startedAt
      // A task is told of once it is over.
      await new Promise((resolve) => setTimeout(resolve, 200))
      watch.disconnect()
      return { ms, longest: Math.max(0, ...tasks) }
    },
    { press, until },
  )
}
