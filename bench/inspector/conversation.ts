/**
 * How soon a conversation of 5,000 messages and 20,000 deliveries is painted once its data came, and how smoothly it
 * scrolls, in Chromium, against the production build. `node bench/inspector/conversation.ts` measures it on its own.
 */
import { type Browser, chromium, type Page } from '@playwright/test'
import pg from 'pg'
import { findChromium } from '../../e2e/chromium.ts'
import { freePort, OwnApp } from '../../e2e/own-app.ts'
import { OPERATOR, signUp } from '../../e2e/people.ts'
import { startEmbeddedPostgres } from '../../src/server/database/embedded-postgres.ts'
import { createTestDirectory } from '../../src/server/database/testing-directory.ts'
import { silentLogger } from '../../src/server/logger.ts'
import { percentile } from '../measure.ts'
import { insertConversation } from './insert-conversation.ts'

const MESSAGES = 5_000
const HANDLERS = 4
const ROUNDS = 7
const SCROLLED_FRAMES = 180

/** Medians of several openings. */
export interface ConversationPaint {
  /** From the last byte of the data to the frame in which they are seen. */
  'conversation-paint-ms': number
  /** From the click on the link to that frame. */
  openedMs: number
  /** Between two frames while one scrolls, which 95 of 100 do not exceed. */
  scrollFrameP95Ms: number
  /** The same where nothing but a counter changes: what the machine can do. */
  emptyFrameP95Ms: number
}

/** The page has to be an operator's. */
async function measureConversation(page: Page, pool: pg.Pool, messages: number): Promise<ConversationPaint> {
  const paints: number[] = []
  const opened: number[] = []
  const frames: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    // Another one each time: nothing of it is known yet.
    const id = await insertConversation(pool, messages, HANDLERS)
    await page.goto(`/inspector/c/${id}`)
    const { paint, total } = await paintOf(page)
    // The first one compiles what the others find compiled.
    if (round === 0) continue
    paints.push(paint)
    opened.push(total)
    frames.push(...(await page.evaluate(scrollFrames, SCROLLED_FRAMES)))
  }
  await page.goto('about:blank')
  const idle = await page.evaluate(scrollFrames, SCROLLED_FRAMES)
  return {
    'conversation-paint-ms': percentile(paints, 0.5),
    openedMs: percentile(opened, 0.5),
    scrollFrameP95Ms: percentile(frames, 0.95),
    emptyFrameP95Ms: percentile(idle, 0.95),
  }
}

async function paintOf(page: Page): Promise<{ paint: number; total: number }> {
  await page.waitForFunction(() => performance.getEntriesByName('conversation-painted').length > 0)
  return page.evaluate(() => {
    const painted = performance.getEntriesByName('conversation-painted')[0]!.startTime
    const came = performance
      .getEntriesByType('resource')
      .filter((each) => each.name.includes('inspector.timeline'))
      .map((each) => (each as PerformanceResourceTiming).responseEnd)
    if (came.length === 0) throw new Error('The conversation came with the page: it is not a long one.')
    return { paint: painted - Math.max(...came), total: painted }
  })
}

/** Runs in the page. Where there is no tree only the time passes. */
async function scrollFrames(count: number): Promise<number[]> {
  const tree = document.querySelector('[role=treegrid]')
  const frames: number[] = []
  let last = await new Promise<number>(requestAnimationFrame)
  for (let each = 0; each < count; each += 1) {
    if (tree) tree.scrollTop += 60
    else document.body.textContent = String(each)
    const at = await new Promise<number>(requestAnimationFrame)
    frames.push(at - last)
    last = at
  }
  return frames
}

/** An app of its own on a database of its own, and an operator before it. */
export async function measureConversationAlone(messages = MESSAGES): Promise<ConversationPaint> {
  await using opened = new AsyncDisposableStack()
  const directory = await createTestDirectory('bench-conversation')
  opened.defer(() => directory.remove())
  const database = await startEmbeddedPostgres({ dataDir: directory.path, logger: silentLogger })
  opened.defer(() => database.stop())
  const pool = new pg.Pool({ connectionString: database.url, max: 2 })
  pool.on('error', () => undefined)
  opened.defer(() => pool.end())
  const app = new OwnApp(await freePort(), {
    DATABASE_URL: database.url,
    APP_SECRET: 'a secret of a measurement, which nobody needs',
    LOG_LEVEL: 'error',
  })
  await app.start()
  opened.defer(() => app.stop())
  const browser = await openBrowser()
  opened.defer(() => browser.close())
  const page = await (await browser.newContext({ baseURL: app.url, viewport: { width: 1440, height: 900 } })).newPage()
  await signUp(page, OPERATOR)
  // On a database of one's own the first account is nobody in particular.
  await pool.query(`UPDATE users SET role = 'operator'`)
  return await measureConversation(page, pool, messages)
}

async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox', '--disable-gpu'] })
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await measureConversationAlone(), null, 2)}\n`)
