import { expect, newPerson, signUp, test } from './people.ts'

test('a member cannot open the inspector, nor call it', async ({ page }) => {
  await signUp(page, newPerson())
  await page.goto('/inspector/live')
  await expect(page.getByRole('heading', { name: 'The inspector is for operators' })).toBeVisible()
  await expect(page.getByRole('grid')).toHaveCount(0)
  const listed = await page.request.get('/api/trpc/inspector.page?input=%7B%22json%22%3A%7B%7D%7D')
  expect(listed.status()).toBe(403)
  const json = { deliveryId: crypto.randomUUID() }
  const retried = await page.request.post('/api/trpc/inspector.retry', { data: { json } })
  expect(retried.status()).toBe(403)
})

test('a stranger is sent to the log-in, and is refused by the API', async ({ page }) => {
  await page.goto('/inspector/live')
  await expect(page).toHaveURL(/\/login\?next=/)
  const listed = await page.request.get('/api/trpc/inspector.page?input=%7B%22json%22%3A%7B%7D%7D')
  expect(listed.status()).toBe(401)
})

test('an id that leads nowhere says so', async ({ operator }) => {
  await operator.goto('/inspector/m/not-an-id')
  await expect(operator.getByRole('heading', { name: 'No such message' })).toBeVisible()
  await operator.goto(`/inspector/c/${crypto.randomUUID()}`)
  await expect(operator.getByRole('heading', { name: 'No such conversation' })).toBeVisible()
})

test('another site cannot act in the name of a member', async ({ page }) => {
  await signUp(page, newPerson())
  const answer = await page.request.post('/api/trpc/accounts.logOut', {
    data: {},
    headers: { origin: 'https://evil.example' },
  })
  expect(answer.status()).toBe(403)
})
