import { describe, expect, it } from 'vitest'
import { inOneLine, partsOf } from './hidden-characters.ts'

const shown = (text: string) =>
  partsOf(text)
    .map((part) => (part.mark ? `[${part.mark}]` : part.text))
    .join('')

describe('what cannot be seen in a text', () => {
  it.each([
    ['a\u0000b\u001b[31mc\u007f', 'a[␀]b[␛][31mc[␡]'],
    ['user\u202etxt.exe\u202c', 'user[U+202E]txt.exe[U+202C]'],
    ['ad\u200bmin\u200d\ufeff', 'ad[U+200B]min[U+200D][U+FEFF]'],
    ['one\u2028two\u0085three', 'one[U+2028]two[U+0085]three'],
    ['tag\u{e0041}', 'tag[U+E0041]'],
    ['\r\n', '[␍]\n'],
  ])('%j is marked: %s', (text, marked) => {
    expect(shown(text)).toBe(marked)
  })

  it.each(['Anna Berg', 'مريم', 'שרה', 'ひろし', 'a\tb\nc', '👩🏽‍🚀 👨‍👩‍👧 🏳️‍🌈', '<b>bold</b>', ''])(
    '%j is as it was',
    (text) => {
      expect(partsOf(text).every((part) => part.mark === null)).toBe(true)
      expect(shown(text)).toBe(text)
    },
  )
})

it('a terminal is shown one line, and obeys nothing in it', () => {
  expect(inOneLine('gone\u001b[2K\r\nINFO all is well\u0007\u009b31m')).toBe('gone␛[2K␍␊INFO all is well␇U+009B31m')
})

it('a long text is looked through at once', () => {
  expect(partsOf('x\u200b'.repeat(10_000))).toHaveLength(20_000)
  expect(partsOf('\u200b'.repeat(10_000))).toEqual([{ text: '\u200b'.repeat(10_000), mark: 'U+200B×10000' }])
})
