import { expect, it } from 'vitest'
import { phoneInWords } from './phone-in-words.ts'

it.each([
  ['+491701234567', '+49 170 1234567'],
  ['+12015550123', '+1 201 555 0123'],
  ['+9991234567', '+9991234567'],
])('%s reads %s', (phone, words) => {
  expect(phoneInWords(phone)).toBe(words)
})
