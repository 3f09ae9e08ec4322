import { type Browser, type BrowserContext, test as base, expect, type Page } from '@playwright/test'

export interface Person {
  name: string
  email: string
  password: string
}

let count = 0

/** Somebody who has never been here: no two tests meet on one address. */
export function newPerson(name = 'Anna Berg'): Person {
  count += 1
  return { name, email: `person-${process.pid}-${Date.now()}-${count}@example.com`, password: 'a long enough password' }
}

export async function fillSignUp(page: Page, person: Person, phone = ''): Promise<void> {
  await page.goto('/signup')
  await page.getByLabel('Name').fill(person.name)
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password').fill(person.password)
  if (phone) await page.getByLabel('Phone (optional)').fill(phone)
}

export async function signUp(page: Page, person: Person, phone = ''): Promise<void> {
  await fillSignUp(page, person, phone)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.waitForURL('**/welcome')
}

export async function logIn(page: Page, person: Person): Promise<void> {
  await page.goto('/login')
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect(page.getByRole('button', { name: 'Log out' })).toBeVisible()
}

/** The first account of a fresh database is the operator; `e2e/operator.setup.ts` makes it before every other. */
export const OPERATOR: Person = {
  name: 'Olga Operator',
  email: 'operator@example.com',
  password: 'the operator has a password',
}
export const OPERATOR_STATE = 'test-results/operator.json'

export const test = base.extend<{ operator: Page; visitor: Page }>({
  operator: async ({ browser }, use) => usePage(browser, { storageState: OPERATOR_STATE }, use),
  visitor: async ({ browser }, use) => usePage(browser, {}, use),
})

async function usePage(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0],
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const context: BrowserContext = await browser.newContext(options)
  await use(await context.newPage())
  await context.close()
}

export { expect }
