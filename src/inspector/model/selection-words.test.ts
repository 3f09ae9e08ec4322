import { describe, expect, it } from 'vitest'
import { selectionWords } from './selection-words.ts'

describe('what an operation is about', () => {
  it('is told in words', () => {
    const all = { by: 'filter', subscription: null, text: null } as const
    expect(selectionWords(all)).toBe('all dead deliveries')
    expect(selectionWords({ ...all, subscription: 'shop.pack', text: 'torn' })).toBe(
      'all dead deliveries of shop.pack with “torn” in their error',
    )
    expect(selectionWords({ by: 'ids', deliveryIds: ['a'] })).toBe('one chosen delivery')
    expect(selectionWords({ by: 'ids', deliveryIds: ['a', 'b'] })).toBe('2 chosen deliveries')
    expect(selectionWords({ by: 'groups', fingerprints: ['x'], title: 'TypeError' })).toBe(
      'all dead deliveries of TypeError',
    )
  })
})
