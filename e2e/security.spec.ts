/** What the app gives to those who try: headers, policies, and refusals before anything is read. */
import { connect } from 'node:net'
import { io } from 'socket.io-client'
import { openNewest, openNewestProcess } from './inspector.ts'
import { expect, newPerson, signUp, test } from './people.ts'
import { BASE_URL, PORT } from './place.ts'
import { watchViolations } from './policy.ts'

// Pages that open by their address alone are looked at by `e2e/pages.spec.ts`.
test('nothing that one does on a page is forbidden by its policy', async ({ operator: page, visitor }) => {
  test.setTimeout(120_000)
  await signUp(visitor, newPerson())
  const violations = await watchViolations(page)
  await page.goto('/mailbox')
  await expect(page.frameLocator('iframe').getByText('Waybill').first()).toBeVisible()
  await page.goto('/inspector/topology')
  await expect(page.getByRole('button', { name: /^create-user accounts · .*, command$/ })).toBeVisible()
  await openNewest(page, 'accounts.user-account-created')
  await page
    .getByRole('button', { name: /misbehave/i })
    .first()
    .click()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Its conversation' }).click()
  for (const view of ['sequence', 'graph', 'table', 'tree']) await page.getByRole('tab', { name: view }).click()
  await openNewestProcess(page)
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(violations).toEqual([])
})

test('a script that was smuggled into a page does not run', async ({ page }) => {
  const violations = await watchViolations(page)
  await page.route('**/login', async (route) => {
    const response = await route.fetch()
    const smuggled = `
      <script>window.stolen = 'by a script'</script>
      <script src="/robots.txt"></script>
      <script nonce="guessed">window.stolen = 'by a guess'</script>
      <img src="data:," onerror="window.stolen = 'by a handler'">
      <a id="bait" href="javascript:window.stolen='by a link'">Free parcels</a>
      <base href="https://evil.example/">
      <object data="/icon.svg"></object>`
    await route.fulfill({ response, body: (await response.text()).replace('</body>', `${smuggled}</body>`) })
  })
  await page.goto('/login')
  await expect(page.getByRole('button', { name: 'Log in' })).toBeVisible()
  await page.locator('#bait').click()
  await expect.poll(() => violations.filter((each) => each.includes('script-src')).length).toBeGreaterThanOrEqual(4)
  expect(await page.evaluate(() => (window as { stolen?: string }).stolen)).toBeUndefined()
  expect(await page.evaluate(() => document.baseURI)).toBe(`${BASE_URL}/login`)
})

test('every answer tells browsers how little it needs', async ({ request }) => {
  const socket = `/socket.io/?EIO=4&transport=polling`
  for (const path of ['/', '/login', '/nowhere', '/icon.svg', '/api/trpc/accounts.me', '/api/health/live', socket]) {
    const headers = (await request.get(path)).headers()
    expect(headers, path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    })
    expect(headers).not.toHaveProperty('x-powered-by')
    expect(headers).not.toHaveProperty('server')
    expect(headers).not.toHaveProperty('access-control-allow-origin')
    // Without https there is nothing to be strict about.
    expect(headers).not.toHaveProperty('strict-transport-security')
    expect(headers['x-robots-tag'], path).toBe(path === '/' ? undefined : 'noindex, nofollow')
  }
})

test('what is about a person is kept by no browser and no proxy', async ({ operator }) => {
  for (const path of ['/welcome', '/inspector/live', '/mailbox', '/api/trpc/accounts.me'])
    expect((await operator.request.get(path)).headers()['cache-control'], path).toContain('no-store')
})

test('each answer has a nonce of its own, and every script of it carries that one', async ({ request }) => {
  const nonces = new Set<string>()
  for (let visit = 0; visit < 3; visit += 1) {
    // Whoever asks cannot choose it.
    const answer = await request.get('/welcome', {
      headers: { 'x-nonce': 'chosen', 'content-security-policy': "script-src 'nonce-chosen'" },
    })
    const nonce = /'nonce-([^']+)'/.exec(answer.headers()['content-security-policy'] ?? '')?.[1] ?? ''
    expect(nonce).toMatch(/^[\w+/]{22}==$/)
    nonces.add(nonce)
    const scripts = (await answer.text()).match(/<script[^>]*>/g) ?? []
    expect(scripts.length).toBeGreaterThan(2)
    for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`)
  }
  expect(nonces.size).toBe(3)
})

test('search engines are shown the home page alone', async ({ request }) => {
  const robots = await (await request.get('/robots.txt')).text()
  expect(robots).toContain('Allow: /$')
  expect(robots).toMatch(/^Disallow: \/$/m)
})

const elsewhere = [
  ['another site', 'https://evil.example'],
  ['another port', `http://localhost:${PORT === 65_535 ? 1 : PORT + 1}`],
  ['another scheme', `https://localhost:${PORT}`],
  ['a sandboxed page', 'null'],
] as const

for (const [who, origin] of elsewhere) {
  test(`${who} can neither act for a member, nor follow what happens`, async ({ page }) => {
    await signUp(page, newPerson())
    const headers = { origin }
    const acted = await page.request.post('/api/trpc/accounts.logOut', { data: {}, headers })
    expect(acted.status()).toBe(403)
    const polled = await page.request.get('/socket.io/?EIO=4&transport=polling', { headers })
    expect(polled.status()).toBe(403)
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    const socket = io(BASE_URL, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { cookie, origin },
    })
    const ended = new Promise((resolve) => socket.on('connect_error', ({ message }) => resolve(message)))
    expect(await ended).toBe('websocket error')
    await page.goto('/welcome')
    await expect(page.getByRole('button', { name: 'Log out' })).toBeVisible()
  })
}

test('a link to the log-in leads to no other site afterwards', async ({ page }) => {
  const person = newPerson()
  await signUp(page, person)
  for (const next of [
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'https://evil.example',
    'javascript:alert(1)',
  ]) {
    await page.context().clearCookies()
    await page.goto(`/login?next=${encodeURIComponent(next)}`)
    await page.getByLabel('Email').fill(person.email)
    await page.getByLabel('Password').fill(person.password)
    await page.getByRole('button', { name: 'Log in' }).click()
    await expect(page).toHaveURL(`${BASE_URL}/welcome`)
  }
})

test('a form of another site cannot act, whatever it calls its text', async ({ request }) => {
  const form = await request.post('/api/trpc/accounts.logOut', {
    headers: { 'content-type': 'text/plain' },
    data: '{"json":{}}',
  })
  expect(form.status()).toBe(415)
  expect((await request.get('/api/trpc/accounts.logOut')).status()).toBe(405)
})

test('nothing longer than a person can mean is read', async ({ page, request }) => {
  const long = 'x'.repeat(120_000)
  const call = await request.post('/api/trpc/accounts.logIn', { data: { json: { email: long, password: long } } })
  expect(call.status()).toBe(413)
  expect((await request.post('/welcome', { data: long })).status()).toBe(405)
  expect((await request.get('/welcome', { data: long })).status()).toBe(413)
  const calls = Array.from({ length: 21 }, () => 'accounts.me').join(',')
  expect((await request.get(`/api/trpc/${calls}?batch=1&input=%7B%7D`)).status()).toBe(400)
  expect((await request.get(`/login?next=/${'x'.repeat(20_000)}`)).status()).toBe(431)

  await signUp(page, newPerson())
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const socket = io(BASE_URL, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { cookie },
  })
  await new Promise((resolve) => socket.on('connect', () => resolve(null)))
  const ended = new Promise((resolve) => socket.on('disconnect', resolve))
  socket.emit('subscribe', { room: 'live', filter: long }, null)
  expect(await ended).toMatch(/transport (close|error)/)
})

test('what is not to be served is not there', async ({ request }) => {
  const places = ['/.git/config', '/.env', '/package.json', '/prisma/schema.prisma', '/src/server/main.ts']
  for (const place of [...places, '/.next/BUILD_ID', '/_next/static/', '/..%2f..%2fetc%2fpasswd', '/api', '/api/debug'])
    expect((await request.get(place)).status(), place).toBe(404)
})

test('an address that is none is refused, and the app goes on', async ({ request }) => {
  for (const target of ['//', '//evil.example/', '/\\evil.example', 'http://[', '*']) {
    expect(await tellRaw(`GET ${target} HTTP/1.1\r\nHost: localhost:${PORT}\r\nConnection: close\r\n\r\n`)).toContain(
      ' 400 ',
    )
  }
  expect(await tellRaw('GET / HTTP/1.1\r\nHost: rebound.evil.example\r\nConnection: close\r\n\r\n')).toContain(' 421 ')
  for (const path of ['/%', '/%00', '/inspector/m/%E0%A4%A', '/inspector/go/%', '/_next/image?url=http://evil.example'])
    expect((await request.get(path)).status(), path).toBeLessThan(500)
  expect((await request.get('/api/health/live')).ok()).toBe(true)
})

test('a connection that asks to become a socket elsewhere is let go', async () => {
  for (const path of ['/', '/welcome', '/_next/hmr', '/socket.io', '//socket.io/', '/x/../socket.io/a']) {
    const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n'
    const key = `Sec-WebSocket-Key: ${btoa('0123456789abcdef')}\r\n`
    expect(
      await tellRaw(`GET ${path} HTTP/1.1\r\nHost: localhost:${PORT}\r\n${upgrade}${key}\r\n`),
      path,
    ).not.toContain('101')
  }
})

async function tellRaw(text: string): Promise<string> {
  const socket = connect(PORT, '127.0.0.1', () => socket.write(text))
  let told = ''
  for await (const chunk of socket) told += String(chunk)
  return told
}
