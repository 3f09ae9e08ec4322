import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { findChromium } from '../../e2e/chromium.ts'
import { freePort, OwnApp } from '../../e2e/own-app.ts'

/** Measures on a page of an app of its own, which nobody has used yet; both are thrown away. */
export async function withAppPage<Found>(measure: (page: Page) => Promise<Found>): Promise<Found> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'waybill-inspector-'))
  const app = new OwnApp(await freePort(), { DATA_DIR: dataDir, LOG_LEVEL: 'error' })
  const args = ['--no-sandbox', '--disable-gpu']
  const browser = await chromium.launch({ executablePath: await findChromium(), args })
  try {
    await app.start()
    return await measure(await browser.newPage({ baseURL: app.url, viewport: { width: 1440, height: 900 } }))
  } finally {
    await browser.close()
    await app.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
