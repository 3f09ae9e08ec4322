import { expect, test } from './people.ts'

const MOST_KB = 250

test('the live list works with 250 KB of JavaScript: what is not needed yet does not come', async ({ operator }) => {
  const session = await operator.context().newCDPSession(operator)
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  const scripts = new Set<string>()
  let bytes = 0
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId)
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength
  })
  await operator.goto('/inspector/live')
  await expect(operator.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  await operator.waitForLoadState('networkidle')
  expect(bytes / 1_024).toBeGreaterThan(50)
  expect(bytes / 1_024).toBeLessThan(MOST_KB)
})
