/**
 * `npm run screenshots`: draws the pictures of README anew, and those of every screen in `docs/screens`, from an app of its
 * own that is thrown away.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { findChromium } from './chromium.ts'
import { lane, openNewest, setFault } from './inspector.ts'
import { freePort, OwnApp } from './own-app.ts'
import { expect, newPerson, OPERATOR, signUp } from './people.ts'
import { takeScreens } from './screens.ts'

const DOCS = path.resolve('docs')
const SIGN_UPS = 4

const dataDir = await mkdtemp(path.join(os.tmpdir(), 'waybill-screenshots-'))
const app = new OwnApp(await freePort(), { DATA_DIR: dataDir, FAULTS: 'on', LOG_LEVEL: 'error' })
const browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox', '--disable-gpu'] })
try {
  await mkdir(DOCS, { recursive: true })
  await app.start()
  await takePictures(browser)
} finally {
  await browser.close()
  await app.stop()
  await rm(dataDir, { recursive: true, force: true })
}

async function takePictures(from: Browser): Promise<void> {
  const operator = await openPage(from)
  await signUp(operator, OPERATOR, '+49 170 1234567')
  for (let each = 0; each < SIGN_UPS; each += 1) {
    const visitor = await openPage(from)
    await signUp(visitor, newPerson(), each % 2 === 0 ? '+49 170 7654321' : '')
  }

  const anna = await openPage(from)
  await signUp(anna, newPerson('Anna Berg'), '+49 170 7654321')
  await expect(anna.getByRole('main')).toContainText('Text sent')
  await expect(anna.getByRole('main')).toContainText('E-mail sent')
  await take(anna, 'welcome')

  await openNewest(operator, 'accounts.user-account-created')
  await setFault(operator, 'insights.count-sign-up', { fails: 6 })
  await setFault(operator, 'audit.record-account-created', { fails: 1 })
  await signUp(await openPage(from), newPerson(), '+49 170 1112223')
  await openNewest(operator, 'accounts.user-account-created')
  await expect(lane(operator, 'insights.count-sign-up')).toContainText('dead', { timeout: 30_000 })
  await expect(lane(operator, 'audit.record-account-created')).toContainText('succeeded')
  await expect(operator.getByText('connected', { exact: true })).toBeVisible()
  await take(operator, 'message')

  await operator.goto('/inspector/live')
  await expect(operator.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await expect(operator.getByText('connected', { exact: true })).toBeVisible()
  await take(operator, 'live')

  const storageState = await operator.context().storageState()
  await takeScreens({ from, baseURL: app.url, storageState, into: path.join(DOCS, 'screens') })
}

/** Light, at rest, as somebody at a desk sees it. */
async function openPage(from: Browser): Promise<Page> {
  const context = await from.newContext({
    baseURL: app.url,
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
  })
  return context.newPage()
}

async function take(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0)
  await page.screenshot({ path: path.join(DOCS, `${name}.png`) })
}
