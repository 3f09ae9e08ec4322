import { describe, expect, it } from 'vitest'
import { strikeOut } from './striking-out.ts'

/** All that patterns give a meaning to, and a mailbox may be called. */
const SIGNS = "!#$%&'*+-/=?^_`{|}~.()[]\\"

describe('taking people out of a text', () => {
  it.each([
    ['a-b@example.org', 'No mailbox a-b here', 'No mailbox •••• here'],
    [`a${SIGNS}b@example.org`, `No mailbox a${SIGNS}b here`, 'No mailbox •••• here'],
    [`Anna${SIGNS}Berg`, `Who is Anna${SIGNS}Berg?`, 'Who is ••••?'],
    ['Anna Berg', 'no such path: /people/Anna%20Berg', 'no such path: /people/••••'],
    ['+41791112233', 'refused: 079 / 41 79 111 22 33', 'refused: 079 / ••••'],
  ])('%s is in no spelling left of it', (value, text, left) => {
    expect(strikeOut(text, [value])).toBe(left)
  })

  it('any single sign may stand in what is struck out', () => {
    for (const sign of SIGNS) expect(strikeOut(`is a${sign}b there?`, [`a${sign}b@example.org`])).toBe('is •••• there?')
  })
})
