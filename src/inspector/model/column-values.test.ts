import { expect, it } from 'vitest'
import { cellOf } from './column-values.ts'
import { parseExact } from './payload/exact-json.ts'

it('shows in a cell what a payload has at a path', () => {
  const body = parseExact(
    '{"total":12345678901234567890,"lines":[{"sku":"a b"}],"none":null,"mail":{"masked":"personal"}}',
  )
  expect(cellOf(body, 'total')).toBe('12345678901234567890')
  expect(cellOf(body, 'lines.0.sku')).toBe('a b')
  expect(cellOf(body, 'none')).toBe('null')
  expect(cellOf(body, 'lines.1.sku')).toBeNull()
  expect(cellOf({ note: 'x'.repeat(500) }, 'note')).toHaveLength(121)
})
