import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './people.ts'

/** Fails where axe finds anything serious on the page as it is. */
export async function expectAccessible(page: Page): Promise<void> {
  // Measured at rest: a colour on its way to another has the contrast of neither.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  // A letter is shown in a frame without scripts: axe, put there, would wait for its own timers for ever.
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([])
}
