import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { complete, completionAt } from './completion.ts'

const optionsAt = (typed: string) => {
  const completion = completionAt(typed, typed.length)
  return completion?.of === 'key' ? completion.options.map((each) => each.insert) : completion
}

describe('completing a filter', () => {
  it('offers keys first, then values of the key', () => {
    expect(optionsAt('')).toContain('type:')
    expect(optionsAt('type:accounts.* st')).toEqual(['state:'])
    expect(optionsAt('-ha')).toEqual(['handler:', 'has:'])
    expect(optionsAt('state:de')).toEqual({ of: 'value', field: 'state', from: 6, to: 8, typed: 'de' })
    expect(optionsAt('state:dead,re')).toMatchObject({ field: 'state', from: 11, typed: 're' })
  })

  it('offers nothing for free text, within quotes, and where values are endless', () => {
    expect(optionsAt('timeout')).toBeNull()
    expect(optionsAt('error:"a st')).toBeNull()
    expect(optionsAt('key:order')).toBeNull()
  })

  it('offers where in a payload a value is, and after that nothing', () => {
    expect(optionsAt('pay')).toEqual(['payload.'])
    expect(optionsAt('type:a payload.addr')).toEqual({ of: 'path', field: 'payload', from: 15, to: 19, typed: 'addr' })
    const path = completionAt('-payload.a', 10)!
    expect(complete('-payload.a', path, 'address.city:')).toEqual({ typed: '-payload.address.city:', caret: 22 })
    expect(optionsAt('payload.address.city:B')).toBeNull()
  })

  it('puts the option in the place of what was typed, and the caret after it', () => {
    const typed = 'sta -key:a'
    const completion = completionAt(typed, 3)!
    expect(complete(typed, completion, 'state:')).toEqual({ typed: 'state: -key:a', caret: 6 })
    expect(complete('state:de', completionAt('state:de', 8)!, 'dead')).toEqual({ typed: 'state:dead ', caret: 11 })
    expect(complete('state:de x', completionAt('state:de x', 8)!, 'dead')).toEqual({ typed: 'state:dead x', caret: 11 })
  })

  it('never throws, and keeps what stands around the caret', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const typed = before + after
        const completion = completionAt(typed, before.length)
        if (!completion) return
        const done = complete(typed, completion, 'new')
        expect(done.typed.startsWith(typed.slice(0, completion.from))).toBe(true)
        expect(done.typed.endsWith(after)).toBe(true)
      }),
    )
  })
})
