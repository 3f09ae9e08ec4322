import { describe, expect, it } from 'vitest'
import { classifiedFields, contractWords, keepingWords } from './metadata.ts'

const masked = (mark: string) => ({ masked: mark })
const isSealed = (value: unknown) => typeof value === 'string' && value.startsWith('sealed')

describe('what is classified of a body', () => {
  it('is told by its place, and what stands at one place of each item counts as one', () => {
    const body = {
      total: 3,
      name: masked('personal'),
      ways: [
        { email: masked('personal'), kind: 'home' },
        { email: masked('personal'), kind: 'work' },
        { email: masked('personal'), kind: 'old' },
      ],
    }
    const stored = { total: 3, name: 'sealed', ways: [{ email: 'sealed' }, { email: 'sealed' }, { email: 'in clear' }] }
    expect(classifiedFields(body, stored, isSealed)).toEqual([
      { path: 'name', mark: 'personal', isSealed: true, count: 1 },
      { path: 'ways[].email', mark: 'personal', isSealed: true, count: 2 },
      { path: 'ways[].email', mark: 'personal', isSealed: false, count: 1 },
    ])
  })

  it('is nothing where nothing is masked, and no field that only looks like a mask', () => {
    expect(classifiedFields({ a: { masked: 'yes' }, b: { masked: 'secret', c: 1 } }, {}, isSealed)).toEqual([])
  })

  it('is all of it where the contract is not known', () => {
    expect(classifiedFields(masked('unknown'), 'x', isSealed)).toEqual([
      { path: '', mark: 'unknown', isSealed: false, count: 1 },
    ])
  })

  it('says in words how it is kept', () => {
    expect(keepingWords({ mark: 'secret', isSealed: true })).toBe('secret, sealed')
    expect(keepingWords({ mark: 'personal', isSealed: false })).toContain('stored in clear')
    expect(keepingWords({ mark: 'erased', isSealed: true })).toContain('erased')
    expect(keepingWords({ mark: 'unknown', isSealed: false })).toContain('does not know')
  })
})

describe('the contract of this build against the stored one', () => {
  const of = (version: number, newest: number | null, isDeclared = true, isRead = true) =>
    contractWords(version, { newest, isDeclared, isRead })

  it('is the same, a newer one, an older one, or none', () => {
    expect(of(1, 1)).toBe(', the newest of this build')
    expect(of(1, 2)).toBe('; it is read as version 2')
    expect(of(1, 3, false)).toBe(', which this build has no more; it is read as version 3')
    expect(of(1, 2, true, false)).toBe('; it cannot be read as version 2')
    expect(of(3, 2, false, false)).toBe('; this build knows no later one than 2')
    expect(of(1, null, false, false)).toContain('does not know')
  })
})
