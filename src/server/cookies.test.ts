import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { cookiesOf, isSameSite } from './cookies.ts'

const request = (headers: IncomingMessage['headers'] = {}) =>
  Object.assign(new IncomingMessage(new Socket()), { headers })
const written = (isSecure: boolean, act: (cookies: ReturnType<typeof cookiesOf>) => void) => {
  const response = new ServerResponse(request())
  act(cookiesOf('waybill-session=abc; other=1', response, isSecure))
  return response.getHeader('set-cookie')
}

describe('a cookie', () => {
  it('is out of reach for scripts and other sites, and ends', () => {
    expect(written(false, (cookies) => cookies.set('waybill-session', 'token', { maxAgeSeconds: 60 }))).toBe(
      'waybill-session=token; Max-Age=60; Path=/; HttpOnly; SameSite=Lax',
    )
  })

  it('travels encrypted only, where people come by https', () => {
    expect(written(true, (cookies) => cookies.set('a', 'b', { maxAgeSeconds: 60 }))).toMatch(/; Secure/)
  })

  it('is cleared with the attributes it was set with', () => {
    expect(written(true, (cookies) => cookies.clear('a'))).toBe('a=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax')
  })

  it('is read, and cannot be set by a page', () => {
    const cookies = cookiesOf('waybill-session=abc; other=1', null, false)
    expect([cookies.get('waybill-session'), cookies.get('missing')]).toEqual(['abc', undefined])
    expect(() => cookies.set('a', 'b', { maxAgeSeconds: 1 })).toThrow('use a mutation')
  })
})

describe('a request is from this site', () => {
  const host = 'waybill.example'
  it.each([
    [{ host, origin: 'https://waybill.example' }, true],
    [{ host: '10.0.0.1:3000', origin: 'https://waybill.example' }, true],
    [{ host: '10.0.0.1:3000', origin: 'http://10.0.0.1:3000' }, true],
    [{ host, origin: 'https://evil.example' }, false],
    [{ host, origin: 'https://waybill.example.evil.example' }, false],
    [{ host, origin: 'null' }, false],
    [{ host, 'sec-fetch-site': 'cross-site' }, false],
    [{ host }, true],
  ] as [IncomingMessage['headers'], boolean][])('%j: %s', (headers, isOurs) => {
    expect(isSameSite(request(headers), 'https://waybill.example')).toBe(isOurs)
  })
})
