import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { pathOf, refusalOf } from './admission.ts'

const place = { appUrl: 'http://localhost:3000', host: '127.0.0.1', development: false }
const request = (method: string, headers: Record<string, string> = {}) =>
  Object.assign(new IncomingMessage(new Socket()), { method, headers: { host: 'localhost:3000', ...headers } })
const statusOf = (asked: IncomingMessage, path: string | null) => refusalOf(asked, path, place)?.status ?? null

it.each([
  ['/', '/'],
  ['/welcome?next=//evil.example', '/welcome'],
  ['/inspector/m/%2F%2F', '/inspector/m/%2F%2F'],
  ['/inspector/live?q=50%', '/inspector/live'],
  ['/inspector/m/%00', null],
  ['/inspector/live?q=%00', null],
  ['/inspector/m/%', null],
  ['/inspector/m/%E0%A4%A', null],
  ['//', null],
  ['//evil.example/', null],
  ['/\\evil.example/', null],
  ['http://evil.example/', null],
  ['*', null],
  ['evil.example:443', null],
])('of %s the path is %s', (url, path) => {
  expect(pathOf({ url })).toBe(path)
})

it('what is no path of ours is a bad request', () => {
  expect(statusOf(request('GET'), null)).toBe(400)
})

it('a foreign name is misdirected, on a page, a figure and a call alike', () => {
  for (const path of ['/', '/api/metrics', '/api/trpc/mailbox.list'])
    expect(statusOf(request('GET', { host: 'rebound.evil.example:3000' }), path)).toBe(421)
})

it('pages, files and figures are only looked at', () => {
  for (const path of ['/', '/welcome', '/_next/static/a.js', '/api/health/ready', '/api/metrics']) {
    expect(statusOf(request('GET'), path)).toBeNull()
    expect(statusOf(request('HEAD'), path)).toBeNull()
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH'])
      expect(statusOf(request(method), path)).toBe(405)
  }
})

it('a body that comes along with a look is not read', () => {
  expect(statusOf(request('GET', { 'content-length': '1' }), '/')).toBe(413)
  expect(statusOf(request('GET', { 'transfer-encoding': 'chunked' }), '/')).toBe(413)
  expect(statusOf(request('GET', { 'content-length': '0' }), '/')).toBeNull()
  expect(refusalOf(request('GET', { 'content-length': '9' }), '/', place)?.headers).toEqual({ connection: 'close' })
})

it('a call that may change something is from our own pages, or from no page', () => {
  const path = '/api/trpc/accounts.logOut'
  expect(statusOf(request('POST', { origin: 'http://localhost:3000' }), path)).toBeNull()
  expect(statusOf(request('POST'), path)).toBeNull()
  for (const origin of ['http://localhost:3001', 'https://evil.example', 'null'])
    expect(statusOf(request('POST', { origin }), path)).toBe(403)
  expect(statusOf(request('POST', { 'sec-fetch-site': 'cross-site' }), path)).toBe(403)
  expect(statusOf(request('DELETE'), path)).toBe(405)
})
