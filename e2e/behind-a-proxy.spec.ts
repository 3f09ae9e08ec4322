/** An app that people come to by https, as its setting says: what a proxy in front of it hands on. */
import { io } from 'socket.io-client'
import type { OwnApp } from './own-app.ts'
import { test } from './own-app-test.ts'
import { expect, newPerson, type Person } from './people.ts'

const APP_URL = 'https://waybill.example'
const METRICS_TOKEN = 'the-figures-are-for-who-knows-this'
const PROXIED = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' }

test.describe.configure({ mode: 'serial' })
test.use({ settings: { APP_URL, METRICS_TOKEN } })

let app: OwnApp
test.beforeAll(({ app: own }) => {
  app = own
})

async function call(procedure: string, json: object, cookie = '') {
  const response = await fetch(`${app.url}/api/trpc/${procedure}`, {
    method: 'POST',
    headers: { ...PROXIED, 'content-type': 'application/json', origin: APP_URL, cookie },
    body: JSON.stringify({ json }),
  })
  // Whoever gets in is given a cookie for the device, too.
  const session = response.headers.getSetCookie().find((each) => each.startsWith('__Host-waybill-session='))
  return { response, setCookie: session ?? '' }
}

const signUp = async (person: Person) =>
  (await call('accounts.signUp', { ...person, phone: '', idempotencyKey: crypto.randomUUID() })).setCookie

/** The name of whoever the cookie stands for. */
async function whoIs(cookie: string): Promise<string | null> {
  const response = await fetch(`${app.url}/api/trpc/accounts.me`, { headers: { ...PROXIED, cookie } })
  const { result } = (await response.json()) as { result: { data: { json: { name: string } | null } } }
  return result.data.json?.name ?? null
}

const pairOf = (setCookie: string) => setCookie.split(';', 1)[0] ?? ''

test('the session is a cookie of this host alone, encrypted, and out of reach for scripts', async () => {
  const person = newPerson('Anna Berg')
  const setCookie = await signUp(person)
  expect(setCookie).toMatch(/^__Host-waybill-session=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  expect(await whoIs(pairOf(setCookie))).toBe('Anna Berg')
  // As a neighbour under the same domain, or somebody on an unencrypted way, could plant it.
  expect(await whoIs(pairOf(setCookie).replace('__Host-', ''))).toBeNull()
})

test('whoever logs in gets a session that nobody has known before, and the one before ends', async () => {
  const person = newPerson('Bea Berg')
  const first = pairOf(await signUp(person))
  const planted = `__Host-waybill-session=${'p'.repeat(43)}`
  const fromPlanted = pairOf((await call('accounts.logIn', person, planted)).setCookie)
  const second = pairOf((await call('accounts.logIn', person, first)).setCookie)
  expect(new Set([first, planted, fromPlanted, second]).size).toBe(4)
  expect(await whoIs(planted)).toBeNull()
  expect(await whoIs(first)).toBeNull()
  expect(await whoIs(second)).toBe('Bea Berg')
  const { setCookie } = await call('accounts.logOut', {}, second)
  expect(setCookie).toMatch(/^__Host-waybill-session=; Max-Age=0; Path=\/; HttpOnly; Secure/)
  expect(await whoIs(second)).toBeNull()
})

test('every answer asks for https from now on', async () => {
  for (const place of ['/', '/nowhere', '/icon.svg', '/api/trpc/accounts.me', '/socket.io/?EIO=4&transport=polling']) {
    const { headers } = await fetch(`${app.url}${place}`, { headers: PROXIED })
    expect(headers.get('strict-transport-security'), place).toBe('max-age=31536000; includeSubDomains')
  }
  const page = await fetch(`${app.url}/login`, { headers: PROXIED })
  expect(page.headers.get('content-security-policy')).toContain('upgrade-insecure-requests')
})

test('the socket opens for pages of the address people open, and for no other', async () => {
  const cookie = pairOf(await signUp(newPerson()))
  const outcomeOf = (origin: string) => {
    const socket = io(app.url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { cookie, origin },
    })
    const { promise, resolve } = Promise.withResolvers<string>()
    socket.on('connect', () => resolve('connected'))
    socket.on('connect_error', ({ message }) => resolve(message))
    return promise.finally(() => socket.close())
  }
  expect(await outcomeOf(APP_URL)).toBe('connected')
  for (const origin of [
    'http://waybill.example',
    'https://waybill.example:8443',
    'https://blog.waybill.example',
    'null',
  ])
    expect(await outcomeOf(origin), origin).toBe('websocket error')
})

test('figures are for who has the token', async () => {
  const statusWith = async (headers: Record<string, string>) =>
    (await fetch(`${app.url}/api/metrics`, { headers: { ...PROXIED, ...headers } })).status
  expect(await statusWith({})).toBe(404)
  expect(await statusWith({ authorization: 'Bearer guessed' })).toBe(404)
  expect(await statusWith({ authorization: `Bearer ${METRICS_TOKEN}` })).toBe(200)
})
