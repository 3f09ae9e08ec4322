import { expect, it } from 'vitest'
import { createCodes } from './code.ts'

const codes = createCodes('a secret for tests only, 32 characters')

it('makes codes of six digits that are not all alike', () => {
  const made = Array.from({ length: 50 }, codes.newCode)
  for (const code of made) expect(code).toMatch(/^\d{6}$/)
  expect(new Set(made).size).toBeGreaterThan(40)
})

it('knows a code again by its hash, for what it was made for and under its own secret', () => {
  const hash = codes.hash('one', '123456')
  expect(hash).not.toContain('123456')
  expect(codes.isCode('one', '123456', hash)).toBe(true)
  expect(codes.isCode('one', '123457', hash)).toBe(false)
  expect(codes.isCode('one', '', hash)).toBe(false)
  expect(codes.isCode('another', '123456', hash)).toBe(false)
  expect(createCodes('another secret for tests, 32 characters').isCode('one', '123456', hash)).toBe(false)
})
