import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { cookiesOf } from './cookies.ts'

const written = (isSecure: boolean, act: (cookies: ReturnType<typeof cookiesOf>) => void) => {
  const response = new ServerResponse(new IncomingMessage(new Socket()))
  act(cookiesOf('waybill-session=abc; other=1', response, isSecure))
  return response.getHeader('set-cookie')
}

describe('a cookie', () => {
  it('is out of reach for scripts and other sites, and ends', () => {
    expect(written(false, (cookies) => cookies.set('waybill-session', 'token', { maxAgeSeconds: 60 }))).toBe(
      'waybill-session=token; Max-Age=60; Path=/; HttpOnly; SameSite=Lax',
    )
  })

  it('travels encrypted only, and is bound to the host, where people come by https', () => {
    expect(written(true, (cookies) => cookies.set('a', 'b', { maxAgeSeconds: 60 }))).toBe(
      '__Host-a=b; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax',
    )
  })

  it('that a neighbour or an unencrypted page has planted is not taken for ours', () => {
    const cookies = cookiesOf('waybill-session=planted; __Host-waybill-session=own', null, true)
    expect(cookies.get('waybill-session')).toBe('own')
    expect(cookiesOf('waybill-session=planted', null, true).get('waybill-session')).toBeUndefined()
  })

  it('is cleared with the attributes it was set with', () => {
    expect(written(true, (cookies) => cookies.clear('a'))).toBe(
      '__Host-a=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax',
    )
  })

  it('is read, and cannot be set by a page', () => {
    const cookies = cookiesOf('waybill-session=abc; other=1', null, false)
    expect([cookies.get('waybill-session'), cookies.get('missing')]).toEqual(['abc', undefined])
    expect(() => cookies.set('a', 'b', { maxAgeSeconds: 1 })).toThrow('use a mutation')
  })
})
