import { afterEach, beforeEach, expect, test, vi } from 'vitest'

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  })
  vi.stubGlobal('window', {
    location: { href: 'http://localhost/inspector', search: '' },
    history: { state: null, replaceState: vi.fn() },
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

const KEPT = 'waybill.followed'

test('an id that is followed is kept for the tab, and what says who somebody is is not', async () => {
  const { follow } = await import('./followed-key.ts')
  const id = '0199d6c2-7a51-7000-8000-000000000001'
  follow(id)
  expect(sessionStorage.getItem(KEPT)).toBe(id)
  follow('anna@example.com')
  expect(sessionStorage.getItem(KEPT)).toBeNull()
  // The address of the page has it, for a link and for a reload.
  const put = vi.mocked(window.history.replaceState).mock.lastCall?.[2]
  expect(String(put)).toBe('http://localhost/inspector?follow=anna%40example.com')
})
