import { expect, it } from 'vitest'
import { headersOf, pagePolicy, type Site } from './security-headers.ts'

const open: Site = { isSecure: false, development: false }
const encrypted: Site = { isSecure: true, development: false }

const directivesOf = (policy: string) => new Map(policy.split('; ').map((each) => [each.split(' ', 1)[0], each]))

it('a page runs scripts with its nonce, and what they load, and nothing else', () => {
  const policy = directivesOf(pagePolicy('abc', open))
  expect(policy.get('script-src')).toBe("script-src 'nonce-abc' 'strict-dynamic'")
  expect(policy.get('style-src')).toBe("style-src 'self' 'nonce-abc'")
  for (const nothing of ['default-src', 'object-src', 'base-uri', 'frame-ancestors'])
    expect(policy.get(nothing)).toBe(`${nothing} 'none'`)
  for (const own of ['connect-src', 'font-src', 'worker-src', 'frame-src', 'form-action'])
    expect(policy.get(own)).toBe(`${own} 'self'`)
  expect([...policy.values()].filter((each) => each.includes('unsafe'))).toEqual(["style-src-attr 'unsafe-inline'"])
})

it('development tools may evaluate and style, and no more', () => {
  const policy = directivesOf(pagePolicy('abc', { isSecure: false, development: true }))
  expect(policy.get('script-src')).toBe("script-src 'nonce-abc' 'strict-dynamic' 'unsafe-eval'")
  expect(policy.get('style-src')).toBe("style-src 'self' 'unsafe-inline'")
})

it('https is asked for a year, with what lies under the domain, where people come by it', () => {
  expect(headersOf('/', encrypted)['strict-transport-security']).toBe('max-age=31536000; includeSubDomains')
  expect(headersOf('/', open)).not.toHaveProperty('strict-transport-security')
  expect(pagePolicy('abc', encrypted)).toContain('upgrade-insecure-requests')
  expect(pagePolicy('abc', open)).not.toContain('upgrade-insecure-requests')
})

it('only the home page is for search engines', () => {
  expect(headersOf('/', open)).not.toHaveProperty('x-robots-tag')
  for (const path of ['/welcome', '/signup', '/inspector', '/api/metrics', ''])
    expect(headersOf(path, open)['x-robots-tag']).toBe('noindex, nofollow')
})

it('only files of the build are kept by a browser', () => {
  expect(headersOf('/_next/static/chunks/a.js', open)).not.toHaveProperty('cache-control')
  for (const path of ['/', '/welcome', '/api/trpc/accounts.me'])
    expect(headersOf(path, open)['cache-control']).toBe('no-store')
})

it('an answer that is no page can do nothing as one', () => {
  expect(headersOf('/api/trpc/accounts.me', open)['content-security-policy']).toMatch(/^default-src 'none'; frame-anc/)
})
