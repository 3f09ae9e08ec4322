import type { APIRequestContext } from '@playwright/test'
import { isGranted, PAGES } from '../src/web/rights.ts'
import { EVERY_PAGE } from './every-page.ts'
import { expect, newPerson, signUp, test } from './people.ts'

type Page = keyof typeof PAGES

/** What a page does with whoever asks for it. */
async function open(request: APIRequestContext, path: string): Promise<'shown' | 'log-in' | 'closed'> {
  const answer = await request.get(path)
  if (answer.status() === 404) return 'closed'
  expect(`${path} ${answer.status()}`).toBe(`${path} 200`)
  if (new URL(answer.url()).pathname === '/login' && path !== '/login') return 'log-in'
  return /(The inspector|This page) is for operators/.test(await answer.text()) ? 'closed' : 'shown'
}

const IN_THE_TABLE = EVERY_PAGE.flatMap((path) => {
  const page = `/${path.split(/[/?]/)[1]}` as Page
  return page in PAGES ? [{ path, right: PAGES[page] }] : []
})

test('a stranger is shown the pages that the table of rights grants, and sent to the log-in by all others', async ({
  request,
}) => {
  for (const { path, right } of IN_THE_TABLE)
    expect(`${path} ${await open(request, path)}`).toBe(`${path} ${isGranted(right, null) ? 'shown' : 'log-in'}`)
})

test('a member is shown the pages that the table of rights grants, and of all others nothing', async ({ page }) => {
  await signUp(page, newPerson())
  for (const { path, right } of IN_THE_TABLE)
    expect(`${path} ${await open(page.request, path)}`).toBe(
      `${path} ${isGranted(right, 'member') ? 'shown' : 'closed'}`,
    )
})

test('an operator is shown every page', async ({ operator }) => {
  for (const { path } of IN_THE_TABLE) expect(`${path} ${await open(operator.request, path)}`).toBe(`${path} shown`)
})
