import { describe, expect, it } from 'vitest'
import { goTo, lookupOf } from './lookup.ts'

const ID = '01a21175-d177-7ceb-80fa-6ed485008bb3'

describe('looking up whatever somebody holds', () => {
  it.each([ID, ` ${ID}\n`, `"${ID}",`, `{${ID}}`, ID.toUpperCase(), ID.replaceAll('-', '')])(
    'reads the id in %j',
    (text) => expect(lookupOf(text)).toEqual({ by: 'id', id: ID }),
  )

  it('reads the beginning of an id as all that begin so', () => {
    expect(lookupOf('01a21175-d177')).toEqual({
      by: 'part-of-id',
      from: '01a21175-d177-0000-0000-000000000000',
      to: '01a21175-d177-ffff-ffff-ffffffffffff',
      text: '01a21175-d177',
    })
    expect(lookupOf('01a2117')).toEqual({ by: 'text', text: '01a2117' })
  })

  it('tells addresses, numbers and words', () => {
    expect(lookupOf('<Ada@Example.com>')).toEqual({ by: 'email', email: 'Ada@Example.com' })
    expect(lookupOf('20261125')).toEqual({ by: 'text', text: '20261125' })
    expect(lookupOf('connection refused')).toEqual({ by: 'text', text: 'connection refused' })
    expect(lookupOf('facade')).toEqual({ by: 'text', text: 'facade' })
  })

  it('does not look for nothing', () => {
    for (const text of ['', '  ', '"', 'x']) expect(lookupOf(text)).toBeNull()
  })

  it('leads to an address that holds the text whole', () => {
    expect(decodeURIComponent(goTo(' a/b?c#d é ').split('/').at(-1)!)).toBe('a/b?c#d é')
  })
})
