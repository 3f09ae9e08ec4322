import { expect, it } from 'vitest'
import { isUnkeepable } from './unkeepable.ts'

it('finds a NUL and half a character, however deep', () => {
  for (const value of [
    'a\0b',
    '\ud83d',
    { a: [{ b: '\0' }] },
    { '\0': 1 },
    new Map([['a', '\0']]),
    new Set(['\ud800']),
  ])
    expect(isUnkeepable(value), JSON.stringify(value)).toBe(true)
})

it('lets every other text be', () => {
  for (const value of [
    '',
    'Anna',
    '\\u0000',
    'a\u0001\u202e\n',
    '😀',
    { a: [null, 1, true, undefined] },
    undefined,
    null,
  ])
    expect(isUnkeepable(value), JSON.stringify(value)).toBe(false)
})
