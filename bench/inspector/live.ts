/** The live list in Chromium, against the app as `npm start` runs it, while a generator sends through the bus. */
import { setTimeout as delay } from 'node:timers/promises'
import { type Browser, chromium, type Page } from '@playwright/test'
import pg from 'pg'
import { findChromium } from '../../e2e/chromium.ts'
import { startApp } from '../app.ts'
import { endChild } from '../child.ts'
import { type Database, startServer } from '../server.ts'
import { type Frames, measureFrames, measureHold, measureToPixel, openIdlePage, readAllRows } from './page.ts'
import { CuttableLine } from './proxy.ts'
import type { Row } from './row.ts'
import { Traffic } from './traffic.ts'
import { viewersRatio } from './viewers.ts'

const FAST = 2_000
const STEADY = 500

export async function measureLive(isQuick: boolean, tell: (line: string) => void): Promise<Row[]> {
  await using stack = new AsyncDisposableStack()
  const seconds = (full: number) => (isQuick ? Math.min(full, 5) : full) * 1_000
  const server = await startServer()
  stack.defer(() => server.stop())
  const database = await server.createDatabase()
  const line = new CuttableLine()
  const origin = await line.open()
  stack.defer(() => line.close())
  tell('starting the app, which builds its pages where they are missing')
  const app = await startApp(database.url, (child) => stack.defer(() => endChild(child, 'SIGTERM')), origin)
  line.leadTo(app.origin)
  const cookie = await signUpOperator(origin, database)
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  stack.defer(() => browser.close())
  const pool = new pg.Pool({ connectionString: database.url, max: 2 })
  pool.on('error', () => {})
  stack.defer(() => pool.end())
  const traffic = await Traffic.start(database, (child) => stack.defer(() => endChild(child)))

  const rows: Row[] = []
  const add = (...added: Row[]) => {
    rows.push(...added)
    for (const { row, value, note } of added) tell(`${row}: ${value.toFixed(2)} ${note}`)
  }
  const { page, scriptBytes } = await openLive(browser, origin, cookie)
  add({ row: 'first-load-kb', value: scriptBytes / 1_024, target: 250, note: 'JavaScript of /inspector/live, gzipped' })

  traffic.setChangesPerSecond(FAST)
  await delay(3_000)
  const busy = await measureFrames(page, seconds(60))
  const held = await measureHold(page, seconds(30))
  // While as much is sent: what the machine takes from every page is none of the list's doing.
  await page.goto('about:blank')
  const idle = await idleFrames(browser, seconds(20))
  await traffic.stop()
  const ofIdle = `${(busy.p95 / idle.p95).toFixed(2)} times an idle page's ${idle.p95.toFixed(1)} ms`
  const ofIdleTask = `an idle page's meanwhile ${idle.longestTask.toFixed(0)}`
  add(
    { row: 'frame-p95-ms', value: busy.p95, target: 20, note: `following at ${FAST} changes/s; ${ofIdle}` },
    {
      row: 'longest-task-ms',
      value: busy.longestTask,
      target: 50,
      note: `of those over 50 ms; 0 when there was none; ${ofIdleTask}`,
    },
    { row: 'scroll-hold-px', value: held, target: 0, note: `scrolled up at ${FAST} changes/s` },
  )

  await page.goto(`${origin}/inspector/live`)
  await untilLive(page)
  traffic.setChangesPerSecond(STEADY)
  await delay(2_000)
  const toPixel = await measureToPixel(page, pool, seconds(30))
  add({ row: 'commit-to-pixel-p95-ms', value: toPixel, target: 400, note: `at ${STEADY} changes/s` })

  await traffic.stop()
  add(...(await measureCuts({ page, pool, line, traffic, ms: seconds(60) })))

  await page.close()
  traffic.setChangesPerSecond(STEADY)
  const viewers = { server, origin: app.origin, cookie, ms: seconds(10), rounds: isQuick ? 1 : 12 }
  const ratio = await viewersRatio(viewers)
  add({
    row: 'viewers-db-cpu-ratio',
    value: ratio,
    target: 1.05,
    note: `ten viewers beside none at ${STEADY} changes/s`,
  })
  await traffic.stop()
  return rows
}

async function signUpOperator(origin: string, database: Database): Promise<string> {
  const json = {
    name: 'Olga Operator',
    email: 'operator@example.com',
    password: 'a long enough password',
    phone: '',
    idempotencyKey: crypto.randomUUID(),
  }
  const response = await fetch(`${origin}/api/trpc/accounts.signUp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ json }),
  })
  const text = await response.text()
  if (!text.includes('"created"')) throw new Error(`The sign-up ended with ${response.status}: ${text}`)
  await database.query(`UPDATE users SET role = 'operator'`)
  return (response.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? ''
}

async function openLive(
  browser: Browser,
  origin: string,
  cookie: string,
): Promise<{ page: Page; scriptBytes: number }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const [name = '', value = ''] = cookie.split('=')
  await context.addCookies([{ name, value, url: origin }])
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  const scripts = new Set<string>()
  let scriptBytes = 0
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId)
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) scriptBytes += encodedDataLength
  })
  await page.goto(`${origin}/inspector/live`)
  await untilLive(page)
  await page.waitForLoadState('networkidle').catch(() => undefined)
  return { page, scriptBytes }
}

async function untilLive(page: Page): Promise<void> {
  await page.getByRole('status').filter({ hasText: 'Live' }).waitFor({ timeout: 30_000 })
}

async function idleFrames(browser: Browser, ms: number): Promise<Frames> {
  const page = await browser.newPage()
  await openIdlePage(page)
  const frames = await measureFrames(page, ms)
  await page.close()
  return frames
}

interface Cut {
  page: Page
  pool: pg.Pool
  line: CuttableLine
  traffic: Traffic
  ms: number
}

/** The line is cut at random; then every row is read and compared with what is stored. */
async function measureCuts({ page, pool, line, traffic, ms }: Cut): Promise<Row[]> {
  await page.reload()
  await untilLive(page)
  const since = new Date()
  traffic.setChangesPerSecond(STEADY)
  let cuts = 0
  for (const end = Date.now() + ms; Date.now() < end; cuts += 1) {
    await delay(500 + Math.random() * 4_000)
    line.cut()
    await delay(Math.random() * 1_500)
    line.mend()
  }
  await traffic.stop()
  await untilLive(page)
  await delay(3_000)
  const shown = await readAllRows(page)
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM messages WHERE name = 'bench.letter-written' AND occurred_at >= $1`,
    [since],
  )
  const known = new Set(shown)
  const missing = rows.filter(({ id }) => !known.has(id)).length
  const note = `of ${rows.length} messages, the line cut ${cuts} times in ${ms / 1_000} s at ${STEADY} changes/s`
  return [
    { row: 'missing', value: missing, target: 0, note },
    { row: 'doubled', value: shown.length - known.size, target: 0, note },
  ]
}
