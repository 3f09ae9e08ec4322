import type { IncomingHttpHeaders } from 'node:http'
import { describe, expect, it } from 'vitest'
import { isOwnHost, isSameSite } from './origins.ts'

const host = 'waybill.example'
const inside = '10.0.0.1:3000'

describe('a request is from this site', () => {
  it.each([
    ['the address people open', { host, origin: 'https://waybill.example' }, true],
    ['that address, behind a proxy', { host: inside, origin: 'https://waybill.example' }, true],
    ['the host it is sent to', { host: inside, origin: 'http://10.0.0.1:3000' }, true],
    ['another site', { host, origin: 'https://evil.example' }, false],
    ['a site that begins like ours', { host, origin: 'https://waybill.example.evil.example' }, false],
    ['a site that ends like ours', { host, origin: 'https://evilwaybill.example' }, false],
    ['a neighbour under the same domain', { host, origin: 'https://blog.waybill.example' }, false],
    ['another port', { host, origin: 'https://waybill.example:8443' }, false],
    ['another port of the host', { host: inside, origin: 'http://10.0.0.1:3001' }, false],
    ['our own name without encryption', { host, origin: 'http://waybill.example' }, false],
    ['a page that has no origin: sandboxed, or a file', { host, origin: 'null' }, false],
    ['an empty origin', { host, origin: '' }, false],
    ['what is no origin at all', { host, origin: 'waybill.example' }, false],
    ['no origin, across sites', { host, 'sec-fetch-site': 'cross-site' }, false],
    ['no origin, from a neighbour', { host, 'sec-fetch-site': 'same-site' }, false],
    ['no origin, from our own page', { host, 'sec-fetch-site': 'same-origin' }, true],
    ['no origin, typed into the address bar', { host, 'sec-fetch-site': 'none' }, true],
    ['no browser', { host }, true],
  ] as [string, IncomingHttpHeaders, boolean][])('%s: %j → %s', (_, headers, isOurs) => {
    expect(isSameSite({ headers }, 'https://waybill.example')).toBe(isOurs)
  })
})

describe('a node that only its own machine reaches', () => {
  const place = { appUrl: 'https://waybill.example', host: '127.0.0.1' }
  it.each([
    ['localhost:3000', true],
    ['127.0.0.1:3000', true],
    ['127.0.0.53', true],
    ['[::1]:3000', true],
    ['waybill.localhost:3000', true],
    ['waybill.example', true],
    ['rebound.evil.example:3000', false],
    ['localhost.evil.example', false],
    ['127.0.0.1.evil.example', false],
    ['', false],
    [undefined, false],
  ])('asked for as %s: %s', (asked, isOurs) => {
    expect(isOwnHost({ headers: asked === undefined ? {} : { host: asked } }, place)).toBe(isOurs)
  })
})

it('a node that others reach may have any name', () => {
  const place = { appUrl: 'https://waybill.example', host: '0.0.0.0' }
  expect(isOwnHost({ headers: { host: 'waybill-7f9c.cluster.internal' } }, place)).toBe(true)
})
