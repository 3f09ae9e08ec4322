/** From the commit of a change until another browser shows it. */
import { chromium, type Page } from '@playwright/test'
import type pg from 'pg'
import { io } from 'socket.io-client'
import { findChromium } from '../../e2e/chromium.ts'
import type { Changes, Subscribed } from '../../src/inspector/model/feed-protocol.ts'

interface Watched {
  url: string
  cookie: string
  pool: pg.Pool
  /** Makes one sign-up, after which the app has time to come to rest. */
  signUp(): Promise<unknown>
  times: number
}

/**
 * Milliseconds from settlement to the frame of a second client, for every delivery that settled. The row's time is
 * that of its transaction's start, so each figure holds the transaction too.
 */
export async function socketLatencies({ url, cookie, signUp, times }: Watched): Promise<number[]> {
  const socket = io(url, { transports: ['websocket'], extraHeaders: { cookie } })
  const latencies: number[] = []
  socket.on('changes', ({ messages, deliveries }: Changes) => {
    const now = Date.now()
    const told = [...deliveries, ...messages.flatMap((message) => message.deliveries)]
    const seen = new Map(told.map((delivery) => [delivery.deliveryId, delivery]))
    for (const { state, settledAt } of seen.values()) {
      if (state === 'succeeded' && settledAt) latencies.push(now - Date.parse(settledAt))
    }
  })
  const answer = (await socket.timeout(5_000).emitWithAck('subscribe', { room: 'live' }, null)) as Subscribed
  if (!answer.ok) throw new Error(`Not allowed to watch: ${answer.reason}`)
  for (let each = 0; each < times; each += 1) await signUp()
  socket.close()
  return latencies
}

declare global {
  /** When each link was first in the page. */
  var shownAt: Record<string, number>
}

/** Milliseconds from the transaction that wrote an event until its row is in the list of a real Chromium. */
export async function pageLatencies({ url, cookie, pool, signUp, times }: Watched): Promise<number[]> {
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    const context = await browser.newContext()
    const [name = '', value = ''] = cookie.split('=')
    await context.addCookies([{ name, value, url }])
    const page = await context.newPage()
    await page.goto(`${url}/inspector/live`)
    await page.getByText('Live', { exact: true }).first().waitFor()
    const since = new Date()
    await noteLinks(page)
    for (let each = 0; each < times; each += 1) await signUp()
    return await comparedWith(pool, since, await page.evaluate(() => globalThis.shownAt))
  } finally {
    await browser.close()
  }
}

async function noteLinks(page: Page): Promise<void> {
  await page.evaluate(() => {
    globalThis.shownAt = {}
    const note = () => {
      for (const { pathname } of document.querySelectorAll<HTMLAnchorElement>('[role=grid] a[href^="/inspector/m/"]')) {
        globalThis.shownAt[pathname.split('/').at(-1) ?? ''] ??= Date.now()
      }
    }
    note()
    new MutationObserver(note).observe(document.body, { childList: true, subtree: true, attributes: true })
  })
}

const WRITTEN = `
  SELECT event.id, command_delivery.settled_at FROM messages AS event
  JOIN deliveries AS command_delivery ON command_delivery.id = event.causation_delivery_id
  WHERE event.name = 'accounts.user-account-created' AND command_delivery.settled_at > $1`

async function comparedWith(pool: pg.Pool, since: Date, shownAt: Record<string, number>): Promise<number[]> {
  const { rows } = await pool.query<{ id: string; settled_at: Date }>(WRITTEN, [since])
  return rows.map(({ id, settled_at }) => (shownAt[id] ?? Number.POSITIVE_INFINITY) - settled_at.getTime())
}
