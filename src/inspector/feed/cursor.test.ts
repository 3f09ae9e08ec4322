import { expect, test } from 'vitest'
import { isCursor } from './cursor.ts'

test.each(['1:1:', '10:20:10,15', '10:20:10', '10:20:', '737:9223372036854775807:737'])('%s is a cursor', (text) => {
  expect(isCursor(text)).toBe(true)
})

test.each([
  '',
  '0:0:',
  '0:5:',
  '5:3:',
  '10:20:9',
  '10:20:20',
  '10:20:15,12',
  '10:20:15,',
  '10:10:10',
  '10:9223372036854775808:',
  '10:20',
  'a:b:',
])('%j is none', (text) => {
  expect(isCursor(text)).toBe(false)
})
