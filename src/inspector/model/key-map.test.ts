import { describe, expect, it } from 'vitest'
import { inOrder, KEY_MAP, meaningsOf, type Screen } from './key-map.ts'

describe('the map of keys', () => {
  it('gives a key one meaning on a screen', () => {
    for (const screen of Object.keys(KEY_MAP) as Screen[]) {
      const keys = meaningsOf(screen).flatMap(([, { keys: each }]) => each)
      expect(new Set(keys).size, screen).toBe(keys.length)
    }
  })

  it('asks the screen one is on before what is everywhere', () => {
    expect(inOrder(['everywhere', 'message', 'everywhere'])).toEqual(['message', 'everywhere'])
  })
})
