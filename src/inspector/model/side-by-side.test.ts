import { describe, expect, it } from 'vitest'
import { MASK } from './payload/mask.ts'
import { MOST_LINES, type Side, sideBySide } from './side-by-side.ts'

const told = (side: Side) => (side.is === 'value' ? side.text : side.is === 'masked' ? MASK : side.is)

function linesOf(...[before, after]: Parameters<typeof sideBySide>): string[] {
  return sideBySide(before, after).map(
    ({ label, level, isChanged, ...each }) =>
      `${'  '.repeat(level - 1)}${label}: ${told(each.before)} | ${told(each.after)}${isChanged ? ' *' : ''}`,
  )
}

describe('a whole state before and after a step', () => {
  it('has what stayed as it was beside what changed', () => {
    const before = { state: { open: { email: 'sending', text: 'none' } }, context: { lines: [1, 2], gone: true } }
    const after = { state: { open: { email: 'sent', text: 'none' } }, context: { lines: [1], new: 'x' } }
    expect(linesOf(before, after)).toEqual([
      'state: parts | parts *',
      '  open: parts | parts *',
      '    email: sending | sent *',
      '    text: none | none',
      'context: parts | parts *',
      '  lines: parts | parts *',
      '    0: 1 | 1',
      '    1: 2 | absent *',
      '  gone: true | absent *',
      '  new: absent | x *',
    ])
  })

  it('has nothing before the first step, and may end in a single state', () => {
    expect(linesOf(null, { state: 'open', context: {} })).toEqual(['state: absent | open *', 'context: absent | {} *'])
    expect(linesOf({ state: { open: 'a' }, context: {} }, { state: 'done', context: {} })).toEqual([
      'state: parts | done *',
      '  open: a | absent *',
      'context: {} | {}',
    ])
  })

  it('says what is masked, and does not look into it', () => {
    const erased = { state: 'open', context: { masked: 'erased' } }
    expect(linesOf(erased, erased)[1]).toBe(`context: ${MASK} | ${MASK}`)
  })

  it('cuts what is very long', () => {
    const many = {
      state: 'open',
      context: Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`v${at}`, at])),
    }
    expect(sideBySide(null, many)).toHaveLength(MOST_LINES)
  })
})
