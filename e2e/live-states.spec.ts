/** What the live list says of itself when it does not simply follow. */
import type { Page } from '@playwright/test'
import { aDelivery, aMessage } from '../src/inspector/model/testing/views.ts'
import type { MessageRow } from '../src/inspector/model/view.ts'
import { Line } from './line.ts'
import { expect, newPerson, signUp, test } from './people.ts'

const grid = (page: Page) => page.getByRole('grid', { name: 'Messages' })
const word = (page: Page, name: string) => page.getByRole('status').filter({ hasText: name })

let count = 0

/** Messages that nobody sent, each newer than all before. */
function forged(number: number, name = 'shop.forged'): MessageRow[] {
  return Array.from({ length: number }, () => {
    count += 1
    const id = `forged-${String(count).padStart(8, '0')}`
    const at = new Date(Date.now() + count).toISOString()
    return aMessage(id, [aDelivery(id, `${id}-d`, { state: 'succeeded' })], { name, occurredAt: at })
  })
}

/** Which row is in the middle of the screen, and where exactly. */
function placeOf(page: Page): Promise<string> {
  return grid(page).evaluate((element) => {
    const rows = [...element.querySelectorAll('[role=row]')].map((row) => ({
      row,
      at: row.getBoundingClientRect().top,
    }))
    const [first] = rows
      .filter(({ row, at }) => at >= 450 && row.querySelector('[data-row-link]'))
      .sort((a, b) => a.at - b.at)
    return `${first?.row.querySelector('[data-row-link]')?.getAttribute('href')} at ${first?.at}`
  })
}

async function followed(page: Page, { alone = false } = {}): Promise<Line> {
  const line = await Line.of(page)
  if (alone) line.keepNewsBack()
  await page.goto('/inspector/live')
  await expect(word(page, 'Live')).toBeVisible()
  return line
}

test('a reader who has scrolled away is not moved by a pixel, however much comes', async ({ operator }) => {
  test.setTimeout(90_000)
  const line = await followed(operator)
  line.tell(forged(400))
  await expect(grid(operator).getByRole('link', { name: 'shop.forged' }).first()).toBeVisible()
  await grid(operator).evaluate((element) => element.scrollTo({ top: 3_001 }))
  await expect(operator.getByText('holding still while you read')).toBeVisible()
  const place = () => placeOf(operator)
  const before = await place()
  for (let batch = 1; batch <= 40; batch += 1) {
    line.tell(forged(50))
    expect(await place()).toBe(before)
  }
  await expect(operator.getByRole('button', { name: '2,000 new' })).toBeVisible()
  expect(await place()).toBe(before)
  // Nor by what is said above the list.
  await operator.keyboard.press('Space')
  await expect(operator.getByText('2,000 waiting')).toBeVisible()
  expect(await place()).toBe(before)
  await operator.keyboard.press('End')
  await expect(operator.getByText('following', { exact: true })).toBeVisible()
})

test('with the newest at the bottom, a reader follows there, is not moved by a pixel elsewhere, and comes back', async ({
  operator,
}) => {
  test.setTimeout(90_000)
  await operator.goto('/inspector/settings')
  await operator.getByRole('group', { name: 'Newest message' }).getByLabel('At the bottom').check()
  const line = await followed(operator, { alone: true })
  const newest = (name: string) => grid(operator).getByRole('link', { name }).last()
  const fromEnd = () =>
    grid(operator).evaluate(({ scrollHeight, clientHeight, scrollTop }) => scrollHeight - clientHeight - scrollTop)
  line.tell([...forged(400), ...forged(1, 'shop.first-newest')])
  await expect(newest('shop.first-newest')).toBeInViewport()
  await expect(operator.getByText('following', { exact: true })).toBeVisible()
  await grid(operator).evaluate((element) => element.scrollTo({ top: element.scrollHeight - 4_001 }))
  await expect(operator.getByText('holding still while you read')).toBeVisible()
  const before = await placeOf(operator)
  for (let batch = 1; batch <= 10; batch += 1) {
    line.tell(forged(50))
    expect(await placeOf(operator)).toBe(before)
  }
  await expect(operator.getByRole('button', { name: '500 new' })).toBeVisible()
  // What is filled in goes elsewhere, too.
  line.holdAnswers()
  await line.cut()
  await expect(word(operator, 'Catching up')).toBeVisible()
  expect(await placeOf(operator)).toBe(before)
  line.releaseAnswers()
  await expect(word(operator, 'Live')).toBeVisible()
  expect(await placeOf(operator)).toBe(before)
  await operator.keyboard.press('Space')
  await operator.getByRole('button', { name: 'Resume here' }).click()
  await expect(operator.getByRole('button', { name: /new$/ })).toHaveCount(0)
  expect(await placeOf(operator)).toBe(before)
  for (const key of ['End', 'g']) {
    await grid(operator).evaluate((element) => {
      element.scrollTo({ top: element.scrollHeight - 4_001 })
      // It is drawn once more before the page is told that it was scrolled.
      element.querySelector<HTMLElement>('input[type=checkbox]')!.click()
    })
    await expect(operator.getByText('holding still while you read')).toBeVisible()
    line.tell(forged(1, `shop.newest-by-${key.toLowerCase()}`))
    await operator.keyboard.press(key)
    await expect(newest(`shop.newest-by-${key.toLowerCase()}`)).toBeInViewport()
    expect(await fromEnd()).toBeLessThan(2)
  }
  await operator.keyboard.press('j')
  await expect(newest('shop.newest-by-g')).toBeFocused()
})

test('more than anybody reads is sampled, counted exactly, and shown whole when it is calmer', async ({ operator }) => {
  const line = await followed(operator)
  line.tell(forged(1))
  const foot = operator.getByText(/^[\d,]+ messages$/)
  const countIn = async () => Number((await foot.textContent())!.replace(/\D/g, ''))
  await expect(grid(operator).getByRole('link', { name: 'shop.forged' })).toHaveCount(1)
  const before = await countIn()
  let told = 0
  await expect
    .poll(
      async () => {
        line.tell(forged(1_000))
        told += 1_000
        return operator.getByText('Sampling.').isVisible()
      },
      { intervals: [100] },
    )
    .toBe(true)
  await expect(operator.getByText(/1 of \d+ is shown/)).toBeVisible()
  await expect.poll(countIn).toBe(before + told)
  await expect(operator.getByText('Sampling.')).toHaveCount(0)
  expect(Number(await grid(operator).getAttribute('aria-rowcount'))).toBe(before + told + 1)
})

test('a server that says nothing is said to be silent, and what it said is greyed until it speaks', async ({
  operator,
}) => {
  const line = await followed(operator)
  const isGrey = () => grid(operator).evaluate((element) => getComputedStyle(element).filter !== 'none')
  expect(await isGrey()).toBe(false)
  line.isMuted = true
  await expect(word(operator, 'No sign of life')).toBeVisible()
  await expect(operator.getByText('The server has said nothing for some seconds.')).toBeVisible()
  expect(await isGrey()).toBe(true)
  line.isMuted = false
  await expect(word(operator, 'Live')).toBeVisible()
  expect(await isGrey()).toBe(false)
})

test('what was missed while the line was cut has a row of its own, until it is there', async ({
  operator,
  visitor,
}) => {
  test.setTimeout(90_000)
  // Room for all of it, and for what others send meanwhile.
  await operator.setViewportSize({ width: 1280, height: 3_000 })
  const line = await followed(operator)
  await expect(grid(operator).locator('[data-row-link]').first()).toBeVisible()
  const before = await grid(operator).locator('[data-row-link]').first().getAttribute('href')
  line.holdAnswers()
  await line.cut()
  await signUp(visitor, newPerson())
  await expect(word(operator, 'Catching up')).toBeVisible()
  // Something new comes on the line before what was missed does: between them is the gap.
  line.tell(forged(1, 'shop.after-the-gap'))
  const gap = grid(operator).getByRole('row').filter({ hasText: 'being filled in' })
  await expect(gap).toBeVisible()
  const [newest, place] = [grid(operator).getByRole('link', { name: 'shop.after-the-gap' }), await gap.boundingBox()]
  expect((await newest.boundingBox())!.y).toBeLessThan(place!.y)
  line.releaseAnswers()
  await expect(gap).toHaveCount(0)
  await expect(word(operator, 'Live')).toBeVisible()
  const links = grid(operator).locator('[data-row-link]')
  // Below what came after the gap is what was missed, newest first, each once; below that what was there before.
  await expect(links.first()).toHaveText('shop.after-the-gap')
  const hrefs = await links.evaluateAll((all) => all.map((each) => each.getAttribute('href')))
  expect(new Set(hrefs).size).toBe(hrefs.length)
  const missed = (await links.allTextContents()).slice(1, hrefs.indexOf(before))
  expect(missed.indexOf('accounts.user-account-created')).toBeGreaterThan(-1)
  expect(missed.indexOf('accounts.create-user')).toBeGreaterThan(missed.indexOf('accounts.user-account-created'))
})

test('who hears the page is told in sum what came, and never more often than every ten seconds', async ({
  operator,
}) => {
  await operator.clock.install()
  // Others sign up meanwhile: they are not to be counted.
  const line = await followed(operator, { alone: true })
  const told = operator.getByRole('log', { name: 'What has come' })
  await expect(told).toHaveText('')
  const dead = forged(3).map((each) => ({
    ...each,
    deliveries: each.deliveries.map((one) => ({ ...one, state: 'dead' as const })),
  }))
  line.tell([...forged(309), ...dead])
  await expect(grid(operator).getByRole('link', { name: 'shop.forged' }).first()).toBeVisible()
  await expect(told).toHaveText('')
  await operator.clock.runFor(10_000)
  await expect(told).toHaveText('312 new, 3 failed')
  line.tell(forged(1))
  await operator.clock.runFor(5_000)
  await expect(told).toHaveText('312 new, 3 failed')
  await operator.clock.runFor(5_000)
  await expect(told).toHaveText('1 new')
})
