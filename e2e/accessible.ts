import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './people.ts'

/** Fails where axe finds anything serious on the page as it is. */
export async function expectAccessible(page: Page): Promise<void> {
  await expectNothingSerious(page, await resting(page))
}

/** As `expectAccessible`, in the light and in the dark: of what is drawn once, colours alone are another there. */
export async function expectAccessibleInBoth(page: Page): Promise<void> {
  const axe = await resting(page)
  await show(page, 'light')
  await expectNothingSerious(page, axe)
  await show(page, 'dark')
  await expectNothingSerious(page, axe.withRules(['color-contrast', 'link-in-text-block']))
  await show(page, 'light')
}

async function resting(page: Page): Promise<AxeBuilder> {
  // Measured at rest: a colour on its way to another has the contrast of neither.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  // What is pointed at may dim what is beside it.
  await page.mouse.move(0, 0)
  // In the page itself, not partly in a page of its own. A letter is shown in a frame without scripts: axe, put there,
  // would wait for its own timers for ever.
  return new AxeBuilder({ page })
    .setLegacyMode()
    .exclude('iframe')
    .options({ resultTypes: ['violations'] })
}

/** As the switch of the page does, which the page follows. */
async function show(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.evaluate((shown) => {
    document.documentElement.dataset.theme = shown
  }, theme)
}

async function expectNothingSerious(page: Page, axe: AxeBuilder): Promise<void> {
  const { violations } = await axe.analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const told = serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
  expect(told, page.url()).toEqual([])
}
