/** What is measured within the page: frames, long tasks, rows and where they are. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import type pg from 'pg'
import { percentile } from '../measure.ts'

declare global {
  /** When each row was first in a frame. */
  var seenAt: Record<string, number>
  /** How far the row at the top has moved at most. */
  var movedPx: number
  var frameMs: number[]
  var taskMs: number[]
}

export interface Frames {
  p95: number
  longestTask: number
}

const ROWS = '[role=grid] [data-row-link]'

export async function measureFrames(page: Page, ms: number): Promise<Frames> {
  await page.evaluate(() => {
    globalThis.frameMs = []
    globalThis.taskMs = []
    new PerformanceObserver((list) =>
      globalThis.taskMs.push(...list.getEntries().map((each) => each.duration)),
    ).observe({
      type: 'longtask',
    })
    let last = performance.now()
    const note = (now: number) => {
      globalThis.frameMs.push(now - last)
      last = now
      requestAnimationFrame(note)
    }
    requestAnimationFrame(note)
  })
  await delay(ms)
  const { frames, tasks } = await page.evaluate(() => ({ frames: globalThis.frameMs, tasks: globalThis.taskMs }))
  return { p95: percentile(frames.slice(1), 0.95), longestTask: Math.max(0, ...tasks) }
}

/** A page on which something moves, and nothing else: what this machine draws at best. */
export async function openIdlePage(page: Page): Promise<void> {
  await page.setContent(`<style>@keyframes x { to { transform: translateX(300px) } }
    div { width: 40px; height: 40px; background: teal; animation: x 1s linear infinite alternate }</style><div></div>`)
}

/** Scrolls to the middle of the list and watches the row at its top in each frame. */
export async function measureHold(page: Page, ms: number): Promise<number> {
  await page.evaluate((rows) => {
    const grid = document.querySelector('[role=grid]')!
    grid.scrollTop = grid.scrollHeight / 2
    globalThis.movedPx = 0
    setTimeout(() => {
      const top = grid.getBoundingClientRect().top + 40
      const find = () => [...document.querySelectorAll<HTMLElement>(rows)]
      const first = find()
        .filter((each) => each.getBoundingClientRect().top >= top)
        .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)[0]!
      const id = first.dataset.rowLink
      const place = first.getBoundingClientRect().top
      const watch = () => {
        const row = find().find((each) => each.dataset.rowLink === id)
        const moved = row ? Math.abs(row.getBoundingClientRect().top - place) : Number.MAX_SAFE_INTEGER
        globalThis.movedPx = Math.max(globalThis.movedPx, moved)
        requestAnimationFrame(watch)
      }
      watch()
    }, 500)
  }, ROWS)
  await delay(ms + 500)
  return page.evaluate(() => globalThis.movedPx)
}

/** From the moment an event was written until the frame that shows its row. */
export async function measureToPixel(page: Page, pool: pg.Pool, ms: number): Promise<number> {
  await page.evaluate((rows) => {
    globalThis.seenAt = {}
    const note = () => {
      for (const each of document.querySelectorAll<HTMLElement>(rows))
        globalThis.seenAt[each.dataset.rowLink ?? ''] ??= Date.now()
      requestAnimationFrame(note)
    }
    note()
  }, ROWS)
  const since = new Date()
  await delay(ms)
  const until = new Date()
  await delay(3_000)
  const seenAt = await page.evaluate(() => globalThis.seenAt)
  const { rows } = await pool.query<{ id: string; occurred_at: Date }>(
    `SELECT id, occurred_at FROM messages WHERE name = 'bench.letter-written' AND occurred_at BETWEEN $1 AND $2`,
    [since, until],
  )
  return percentile(
    rows.map(({ id, occurred_at }) => (seenAt[id] ?? Number.POSITIVE_INFINITY) - occurred_at.getTime()),
    0.95,
  )
}

/** Reads the list from its top to its end, as somebody who scrolls does. */
export async function readAllRows(page: Page): Promise<string[]> {
  return page.evaluate(async (rows) => {
    const grid = document.querySelector('[role=grid]')!
    const byIndex = new Map<string, string>()
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    for (let top = 0; ; top += grid.clientHeight / 2) {
      grid.scrollTop = top
      await frame()
      for (const each of document.querySelectorAll<HTMLElement>(rows)) {
        const index = each.closest('[role=row]')?.getAttribute('aria-rowindex') ?? ''
        byIndex.set(index, each.dataset.rowLink ?? '')
      }
      if (top >= grid.scrollHeight) return [...byIndex.values()]
    }
  }, ROWS)
}
