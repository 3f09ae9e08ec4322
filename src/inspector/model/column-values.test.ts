import { expect, it } from 'vitest'
import { cellOf } from './column-values.ts'
import { parseExact } from './payload/exact-json.ts'
import { MASK } from './payload/mask.ts'

it('shows in a cell what a payload has at a path', () => {
  const body = parseExact(
    '{"total":12345678901234567890,"lines":[{"sku":"a b"}],"none":null,"mail":{"masked":"personal"}}',
  )
  expect(cellOf(body, 'total')?.text).toBe('12345678901234567890')
  expect(cellOf(body, 'lines.0.sku')).toEqual({ text: 'a b', filter: 'a b' })
  expect(cellOf(body, 'none')).toEqual({ text: 'null', filter: 'null' })
  expect(cellOf(body, 'lines.1.sku')).toBeNull()
  expect(cellOf({ note: 'x'.repeat(500) }, 'note')?.text).toHaveLength(121)
})

it('offers a filter only where one can find the value', () => {
  const body = parseExact('{"mail":{"masked":"personal"},"empty":"","lines":[1],"is":true}')
  expect(cellOf(body, 'mail')).toEqual({ text: MASK, filter: null })
  expect(cellOf(body, 'empty')).toEqual({ text: '', filter: null })
  expect(cellOf(body, 'lines')?.filter).toBeNull()
  expect(cellOf({ note: 'x'.repeat(500) }, 'note')?.filter).toBeNull()
  expect(cellOf(body, 'is')).toEqual({ text: 'true', filter: 'true' })
})
