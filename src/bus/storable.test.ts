import { expect, it } from 'vitest'
import { recordError } from './errors.ts'
import { isStorable, pathOfUnstorable } from './storable.ts'

const pathIn = (value: unknown) => pathOfUnstorable(JSON.stringify(value), () => value)

it('finds what cannot be kept in texts and names, and nothing in what only looks like it', () => {
  expect(pathIn({ a: [{ b: 'x\u0000' }] })).toBe('a.0.b')
  expect(pathIn({ a: { 'x\ud83d': 1 } })).toBe('a.x\uFFFD')
  expect(pathIn('\udc00')).toBe('')
  expect(pathIn({ a: String.raw`\u0000`, b: '\u0001', c: '😀', __proto__: null, d: 7 })).toBeUndefined()
  expect(['', '😀', '\u0000', '\ud83d'].map(isStorable)).toEqual([true, true, false, false])
})

it('R6: an error can be kept whatever is in its text, and wherever that is cut off', () => {
  const error = new Error(`${'x'.repeat(7_999)}😀`, { cause: new Error('half \ud83d and \u0000') })
  error.stack = `${error.message}\n    at \u0000 (\ud83d.ts:1:1)`
  const recorded = recordError(error)
  expect(pathIn(recorded)).toBeUndefined()
  expect(recorded.message).toBe(`${'x'.repeat(7_999)}\uFFFD`)
  expect(recorded.cause?.message).toBe('half \uFFFD and \uFFFD')
})
