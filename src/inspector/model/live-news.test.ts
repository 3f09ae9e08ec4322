import { describe, expect, it } from 'vitest'
import { newsWords } from './live-news.ts'

describe('what the live list says of what has come', () => {
  it('sums it up, and is silent where nothing has', () => {
    const before = { count: 10, failed: 1 }
    expect(newsWords(before, { count: 322, failed: 4 })).toBe('312 new, 3 failed')
    expect(newsWords(before, { count: 11, failed: 1 })).toBe('1 new')
    expect(newsWords(before, { count: 10, failed: 2 })).toBe('1 failed')
    expect(newsWords(before, before)).toBeNull()
  })
})
