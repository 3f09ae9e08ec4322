import { expect, test } from 'vitest'
import { ownPath } from './own-path.ts'

test.each(['/inspector/live', '/inspector/m/1?tab=a#b'])('%s is a place to go to', (next) => {
  expect(ownPath(next)).toBe(next)
})

test.each([
  undefined,
  ['/a', '/b'],
  '',
  '/',
  'inspector',
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  'javascript:alert(1)',
])('%j is none', (next) => {
  expect(ownPath(next)).toBe('/welcome')
})
