/** Pictures of every screen, as somebody at a desk and somebody with a phone sees it, in light and dark. */
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import sharp from 'sharp'
import { EVERY_PAGE } from './every-page.ts'
import { openNewest, openNewestProcess } from './inspector.ts'
import { expect } from './people.ts'

const WIDTHS = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } }
const THEMES = ['light', 'dark'] as const
/** For what a page asks for after it has come; those that follow the bus are never idle. */
const IDLE_WITHIN_MS = 1_500

interface Stage {
  from: Browser
  baseURL: string
  /** Of an operator. */
  storageState: Exclude<BrowserContextOptions['storageState'], string | undefined>
  into: string
}

/** Draws all of them anew: what a screen was called before is gone. */
export async function takeScreens(stage: Stage): Promise<void> {
  await rm(stage.into, { recursive: true, force: true })
  await mkdir(stage.into, { recursive: true })
  const screens = [...EVERY_PAGE, ...(await screensOfOne(stage))]
  for (const [width, viewport] of Object.entries(WIDTHS)) {
    for (const colorScheme of THEMES) {
      const page = await openAs(stage, { viewport, colorScheme })
      for (const screen of screens) {
        await page.goto(screen)
        await page.waitForLoadState('networkidle', { timeout: IDLE_WITHIN_MS }).catch(() => undefined)
        await expect(page.getByText('connecting', { exact: true })).toHaveCount(0)
        await keep(await page.screenshot(), path.join(stage.into, `${nameOf(screen)}.${width}-${colorScheme}.png`))
      }
      await page.context().close()
    }
  }
}

/** With as few colours as nobody misses: there are many of them, and each of their changes is kept. */
async function keep(picture: Buffer, file: string): Promise<void> {
  await sharp(picture).png({ palette: true, quality: 80, effort: 8 }).toFile(file)
}

/** Of one message, its conversation, its failure and its process. */
async function screensOfOne(stage: Stage): Promise<string[]> {
  const page = await openAs(stage, { viewport: WIDTHS.wide })
  await openNewest(page, 'accounts.user-account-created')
  const message = addressOf(page)
  await page.getByRole('link', { name: 'Its conversation' }).click()
  await expect(page.getByRole('treegrid')).toBeVisible()
  const conversation = addressOf(page)
  await page.goto('/inspector/dead-letters')
  const group = await page
    .getByRole('list', { name: 'Groups of dead letters' })
    .getByRole('link')
    .first()
    .getAttribute('href')
  await openNewestProcess(page)
  const process = addressOf(page)
  await page.context().close()
  const views = ['sequence', 'graph', 'table'].map((view) => `${conversation}?view=${view}`)
  return [message, conversation, ...views, group ?? '', process].filter(Boolean)
}

async function openAs({ from, baseURL, storageState }: Stage, looks: BrowserContextOptions): Promise<Page> {
  const context = await from.newContext({ baseURL, storageState, reducedMotion: 'reduce', locale: 'en-US', ...looks })
  return context.newPage()
}

function addressOf(page: Page): string {
  return new URL(page.url()).pathname
}

const ID = /[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16,}/g

/** Its address without ids, in letters that every system allows in a name. */
function nameOf(screen: string): string {
  return (
    screen
      .replaceAll(ID, 'one')
      .replaceAll(/[^a-z0-9]+/gi, '-')
      .replaceAll(/^-|-$/g, '') || 'home'
  )
}
