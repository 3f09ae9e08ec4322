import { describe, expect, it } from 'vitest'
import { isPressed, keyName } from './keys.ts'

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
})

describe('a shortcut', () => {
  it('tells a letter from its capital, and both from what the browser has them for', () => {
    expect(isPressed('c', press('c'))).toBe(true)
    expect(isPressed('c', press('C'))).toBe(false)
    expect(isPressed('C', press('C'))).toBe(true)
    expect(isPressed('c', press('c', { ctrlKey: true }))).toBe(false)
    expect(isPressed('c', press('c', { altKey: true }))).toBe(false)
    expect(isPressed('Space', press(' '))).toBe(true)
    expect(isPressed('Mod+k', press('k', { metaKey: true }))).toBe(true)
    expect(isPressed('Mod+k', press('k'))).toBe(false)
  })

  it('is named as on the keyboard', () => {
    expect(['C', 'e', 'Mod+k', 'ArrowDown', 'End'].map((each) => keyName(each, true))).toEqual([
      '⇧c',
      'e',
      '⌘k',
      '↓',
      'End',
    ])
    expect(keyName('Mod+k', false)).toBe('Ctrl k')
  })
})
