import { describe, expect, it } from 'vitest'
import { parseFilter } from './parse.ts'
import { plansOf } from './plan.ts'

const TYPES: Record<string, string> = { 'audit.record': 'accounts.created' }
const plans = (typed: string) => {
  const parsed = parseFilter(typed)
  if (!parsed.ok) throw new Error(parsed.message)
  return plansOf(parsed.clauses, (handler) => TYPES[handler])
}
const ID = '0192f0c1-2222-7aaa-8bbb-0123456789ab'
const TIME = { by: 'time' }

describe('the plan of a search', () => {
  it.each([
    ['', [TIME]],
    [`type:a.b ${ID}`, [{ by: 'ids', ids: [ID] }]],
    ['type:accounts.*', [{ by: 'names', patterns: ['accounts.*'] }, TIME]],
    ['key:Order-1,order-2', [{ by: 'keys', keys: ['Order-1', 'order-2'] }, TIME]],
    ['key:order-*', [TIME]],
    ['state:dead,retrying', [{ by: 'states', states: ['dead', 'retrying'] }, TIME]],
    ['state:dead,succeeded', [TIME]],
    ['attempt:>=3', [{ by: 'failures', atLeast: 2 }, TIME]],
    ['attempt:>2', [{ by: 'failures', atLeast: 2 }, TIME]],
    ['attempt:>=1', [TIME]],
    ['attempt:<4', [TIME]],
    ['handler:audit.record', [{ by: 'names', patterns: ['accounts.created'] }, TIME]],
    ['handler:audit.record,gone.handler', [TIME]],
    ['handler:audit.*', [TIME]],
    ['-type:a.b -state:dead -key:k', [TIME]],
  ])('of %s', (typed, expected) => {
    expect(plans(typed)).toEqual(expected)
  })

  it('begins with what leaves the fewest', () => {
    expect(plans('type:a.b state:dead key:k').map((each) => each.by)).toEqual(['keys', 'states', 'names', 'time'])
  })
})
