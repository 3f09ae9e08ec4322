import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

/** A Chromium to test with: the one that was named, Playwright's own, the system's, or the one that npm carries. */
export async function findChromium(): Promise<string> {
  const named = process.env.CHROMIUM_PATH
  if (named) return named
  const installed = [chromium.executablePath(), '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((place) =>
    existsSync(place),
  )
  if (installed) return installed
  try {
    return await (await import('@sparticuz/chromium')).default.executablePath()
  } catch (cause) {
    throw new Error(
      'No Chromium to test with. Run `npx playwright install chromium`, or install the package chromium of your system, or set CHROMIUM_PATH.',
      { cause },
    )
  }
}
