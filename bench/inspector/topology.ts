/**
 * How smoothly a map of 300 types moves while its numbers change: frames while it is dragged about, against those of a
 * page that only animates. `npm run bench:inspector -- map` measures it.
 */
import type { Page } from '@playwright/test'
import { answerWith } from '../../e2e/api.ts'
import { OPERATOR, signUp } from '../../e2e/people.ts'
import { largeTopology } from '../../src/inspector/model/topology/testing/large.ts'
import { percentile } from '../measure.ts'
import { withAppPage } from './app-page.ts'

const TYPES = 300
const SECONDS = 10

export async function measureTopology() {
  return withAppPage(async (page) => {
    const empty = await framesOf(page, EMPTY)
    await signUp(page, OPERATOR)
    return { types: TYPES, 'empty-page-frame-p95-ms': empty, ...(await measureMap(page)) }
  })
}

const EMPTY = async (page: Page) => {
  await page.setContent('<div style="width:50px;height:50px;background:red"></div>')
  await page.evaluate(() => {
    const keyframes = [{ transform: 'none' }, { transform: 'translateX(900px)' }]
    document.querySelector('div')?.animate(keyframes, { duration: 2_000, iterations: Number.POSITIVE_INFINITY })
  })
}

async function measureMap(page: Page) {
  let round = 0
  await answerWith(page, 'inspector.topology', () => largeTopology(TYPES, round++))
  const still = await framesOf(page, async () => {
    await page.goto('/inspector/topology?fold=&show=all')
    await page.getByRole('button', { name: /^do-0 module-0 · .*, command$/ }).waitFor()
  })
  const moving = await framesOf(page, async () => {}, drag)
  return { 'changing-frame-p95-ms': still, 'dragged-frame-p95-ms': moving, rounds: round }
}

/** To and fro, as long as it is measured. */
async function drag(page: Page, isOver: () => boolean): Promise<void> {
  await page.mouse.move(700, 500)
  await page.mouse.down()
  for (let step = 0; !isOver(); step += 1) await page.mouse.move(700 + 300 * Math.sin(step / 20), 500)
  await page.mouse.up()
}

async function framesOf(
  page: Page,
  prepare: (page: Page) => Promise<void>,
  meanwhile: (page: Page, isOver: () => boolean) => Promise<void> = async () => {},
): Promise<number> {
  await prepare(page)
  let isOver = false
  const counted = page.evaluate((ms) => {
    const frames: number[] = []
    const { promise, resolve } = Promise.withResolvers<number[]>()
    const startedAt = performance.now()
    let last = startedAt
    const next = (now: number) => {
      frames.push(now - last)
      last = now
      if (now - startedAt < ms) requestAnimationFrame(next)
      else resolve(frames)
    }
    requestAnimationFrame(next)
    return promise
  }, SECONDS * 1_000)
  const [frames] = await Promise.all([counted.finally(() => (isOver = true)), meanwhile(page, () => isOver)])
  return Math.round(percentile(frames.slice(1), 0.95) * 10) / 10
}
