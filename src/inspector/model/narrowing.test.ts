import { describe, expect, it } from 'vitest'
import { parseFilter } from './filter/parse.ts'
import { clauseOf, comparable, fieldOfPath, narrowed } from './narrowing.ts'

describe('what is pointed at', () => {
  it('becomes a clause that the filter reads back', () => {
    expect(clauseOf('key', 'order-8841')).toBe('key:order-8841')
    expect(clauseOf('payload.total', '>5', true)).toBe('-payload.total:">5"')
    for (const value of ['plain', 'two words', 'a,b', 'say "no"', '>5', 'back\\slash']) {
      expect(parseFilter(clauseOf('payload.note', value))).toMatchObject({ ok: true, clauses: [{ values: [value] }] })
    }
  })

  it('is added once, and takes the place of its opposite', () => {
    expect(narrowed('', 'key:a')).toBe('key:a')
    expect(narrowed('state:dead key:a', 'key:a')).toBe('state:dead key:a')
    expect(narrowed('key:a state:dead', '-key:a')).toBe('state:dead -key:a')
    expect(narrowed('payload.note:"two words" x', 'key:a')).toBe('payload.note:"two words" x key:a')
    const quoted = 'payload.note:"say \\"no  way\\" twice" state:dead'
    expect(narrowed(quoted, '-state:dead')).toBe('payload.note:"say \\"no  way\\" twice" -state:dead')
    expect(narrowed('payload.note:"half', 'key:a')).toBe('payload.note:"half key:a')
  })

  it('is named by its path, where a filter can name it', () => {
    expect(fieldOfPath('total')).toBe('payload.total')
    expect(fieldOfPath('lines[3].sku')).toBe('payload.lines.3.sku')
    expect(fieldOfPath('["odd key"]')).toBeNull()
  })

  it('is compared where it is one value', () => {
    expect([comparable('a'), comparable(5), comparable(true), comparable(null)]).toEqual(['a', '5', 'true', 'null'])
    expect([comparable({}), comparable([]), comparable(''), comparable('x'.repeat(300))]).toEqual([
      null,
      null,
      null,
      null,
    ])
  })
})
