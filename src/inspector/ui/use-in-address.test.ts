import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { putInAddress } from './put-in-address.ts'
import { useInAddress } from './use-in-address.ts'

const NEXTS_OWN = { __NA: true }

describe('what stands in the address', () => {
  const location = { href: '' }
  const replaceState = vi.fn((_state: unknown, _unused: string, url: URL) => {
    location.href = url.href
  })

  beforeEach(() => {
    location.href = 'http://localhost/inspector/live?q=state:dead&follow=k'
    vi.stubGlobal('window', { location, history: { state: NEXTS_OWN, replaceState } })
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    replaceState.mockClear()
  })

  it('is changed by name, and what is not named stays', () => {
    putInAddress({ sel: 'm1', q: null })
    expect(location.href).toBe('http://localhost/inspector/live?follow=k&sel=m1')
    expect(replaceState.mock.lastCall?.[0]).toBe(NEXTS_OWN)
  })

  it('is not written anew where it says that already', () => {
    putInAddress({ follow: 'k', sel: null })
    expect(replaceState).not.toHaveBeenCalled()
  })

  it('has both of two changes that one rendering makes', () => {
    let change!: (changes: Partial<{ sel: string | null; panel: string }>) => void
    const Page = () => {
      const read = () => ({ sel: null as string | null, panel: 'payload' })
      ;[, change] = useInAddress(read, (looked) => looked)
      return null
    }
    renderToStaticMarkup(createElement(Page))
    change({ sel: 'm1' })
    change({ panel: 'attempts' })
    expect(location.href).toBe('http://localhost/inspector/live?q=state%3Adead&follow=k&sel=m1&panel=attempts')
  })
})
