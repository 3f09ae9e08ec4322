import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aDelivery, aMessage } from '../testing/views.ts'
import type { MessageRow } from '../view.ts'
import { fits } from './language.ts'
import { parseFilter } from './parse.ts'
import { type Candidate, matches } from './predicate.ts'

const NOW = Date.parse('2026-01-01T01:00:00.000Z')

const clausesOf = (typed: string) => {
  const parsed = parseFilter(typed)
  if (!parsed.ok) throw new Error(`${parsed.message} at ${parsed.at}`)
  return parsed.clauses
}
const asks = (typed: string, message: MessageRow, more: Omit<Candidate, 'message'> = {}) =>
  matches(clausesOf(typed), { message, ...more }, NOW)

const failed = aMessage(
  '01900000-0000-7000-8000-000000000001',
  [
    aDelivery('m1', 'd1', { subscription: 'email.confirm', state: 'dead', attempt: 5, lastError: 'ECONNRESET: gone' }),
    aDelivery('m1', 'd2', { subscription: 'audit.record', state: 'succeeded', attempt: 1 }),
  ],
  { name: 'accounts.user-created', key: 'order-8841' },
)

describe('a filter', () => {
  it('has clauses that hold together', () => {
    expect(asks('type:accounts.* state:dead,retrying attempt:>=3 key:order-8841', failed)).toBe(true)
    expect(asks('type:accounts.* state:retrying', failed)).toBe(false)
    expect(asks('', failed)).toBe(true)
  })

  it('asks one and the same delivery', () => {
    expect(asks('handler:email.* state:dead', failed)).toBe(true)
    expect(asks('handler:audit.* state:dead', failed)).toBe(false)
  })

  it('excludes a message when any delivery is as it must not be', () => {
    expect(asks('-state:dead', failed)).toBe(false)
    expect(asks('-state:retrying', failed)).toBe(true)
    expect(asks('state:succeeded -handler:email.*', failed)).toBe(false)
  })

  it('finds free text in names, ids, keys and errors', () => {
    for (const word of [
      'user-created',
      'order-88',
      'econnreset',
      'EMAIL.confirm',
      'event',
      'dead',
      '000000000001',
      '"reset: gone"',
    ])
      expect(asks(word, failed), word).toBe(true)
    expect(asks('-econnreset', failed)).toBe(false)
    expect(asks('elsewhere', failed)).toBe(false)
  })

  it('compares ages, times and numbers', () => {
    expect(asks('age:>59m age:<61m', failed)).toBe(true)
    expect(asks('age:>2h', failed)).toBe(false)
    expect(asks('at:>=2026-01-01T00:00Z at:<2026-01-01T00:01Z', failed)).toBe(true)
    expect(asks('attempt:4', failed)).toBe(false)
  })

  it('compares values of the payload, and none that is masked', () => {
    const body = { total: 120, deep: { city: 'Bern' }, email: { masked: 'personal' } }
    expect(asks('payload.total:>100 payload.deep.city:B*', failed, { body })).toBe(true)
    expect(asks('payload.total:>120', failed, { body })).toBe(false)
    expect(asks('payload.email:~a', failed, { body })).toBe(false)
    expect(asks('payload.email.masked:personal', failed, { body })).toBe(true)
    expect(asks('payload.toString:~a', failed, { body })).toBe(false)
  })

  it.each([
    ['stat:dead', 0, 'no key stat'],
    ['type:a state:dad', 13, 'not dad'],
    ['state:dead,', 11, 'missing'],
    ['age:>soon', 5, 'duration'],
    ['attempt:~3', 8, 'compared'],
    ['error:"open', 6, 'not closed'],
    ['at:>=noon', 5, 'a time'],
    ['attempt:1,2', 10, 'one value'],
  ])('says what is wrong in %s, and where', (typed, at, message) => {
    expect(parseFilter(typed)).toMatchObject({ ok: false, at, message: expect.stringContaining(message) })
  })

  it('never throws, and points into what was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
        const parsed = parseFilter(typed)
        const places = parsed.ok ? parsed.clauses.flatMap(({ from, to }) => [from, to]) : [parsed.at]
        for (const each of places) expect(each).toBeGreaterThanOrEqual(0)
        for (const each of places) expect(each).toBeLessThanOrEqual(typed.length)
      }),
    )
  })

  it('reads back whatever is quoted', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        const quoted = `"${text.replaceAll(/["\\]/g, (each) => `\\${each}`)}"`
        expect(clausesOf(`error:${quoted}`)).toMatchObject([{ field: 'error', words: [text] }])
        expect(clausesOf(quoted)).toMatchObject([{ field: 'text', words: [text] }])
      }),
    )
  })

  it('takes a star for anything', () => {
    const name = fc.stringMatching(/^[a-z.]{0,8}$/)
    fc.assert(
      fc.property(name, name, name, (start, middle, end) => {
        expect(fits(start + middle + end, `${start}*${end}`)).toBe(true)
        expect(fits(start + middle + end, '*')).toBe(true)
      }),
    )
    expect(fits('aba', 'ab*ba')).toBe(false)
  })
})
