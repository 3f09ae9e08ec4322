import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chipped, editing, finished, typedInto, withoutChip, writtenOf } from './chips.ts'

const NONE = { chips: [] }

describe('a filter as chips', () => {
  it('makes a chip of a clause as soon as something stands after it', () => {
    expect(typedInto(NONE, 'state:dead')).toEqual({ chips: [], draft: 'state:dead' })
    expect(typedInto(NONE, 'state:dead ')).toEqual({ chips: ['state:dead'], draft: '' })
    expect(typedInto({ chips: ['type:a'] }, '-key:b time')).toEqual({ chips: ['type:a', '-key:b'], draft: 'time' })
    expect(finished({ chips: ['type:a'], draft: 'state:dead' })).toEqual({ chips: ['type:a', 'state:dead'], draft: '' })
  })

  it('waits where one is still within the clause', () => {
    expect(typedInto(NONE, 'type:a lost', 6)).toEqual({ chips: [], draft: 'type:a lost' })
    expect(typedInto(NONE, 'type:a lost', 7)).toEqual({ chips: ['type:a'], draft: 'lost' })
  })

  it('leaves free text, and what cannot be read, where it is typed', () => {
    expect(typedInto(NONE, 'time out ')).toEqual({ chips: [], draft: 'time out ' })
    expect(typedInto(NONE, 'state:ded ')).toEqual({ chips: [], draft: 'state:ded ' })
    expect(typedInto(NONE, 'type:a error:"not clo')).toEqual({ chips: ['type:a'], draft: 'error:"not clo' })
    expect(finished({ chips: [], draft: 'colour:red' })).toEqual({ chips: [], draft: 'colour:red' })
  })

  it('holds what is quoted together', () => {
    expect(chipped('error:"time out, again" -type:a lost')).toEqual({
      chips: ['error:"time out, again"', '-type:a'],
      draft: 'lost',
    })
  })

  it('says nothing twice', () => {
    expect(typedInto({ chips: ['type:a'] }, 'type:a ')).toEqual({ chips: ['type:a'], draft: '' })
  })

  it('takes a chip away, or makes it text again after what was typed', () => {
    const filter = { chips: ['type:a', 'state:dead'], draft: 'lost' }
    expect(withoutChip(filter, 0)).toEqual({ chips: ['state:dead'], draft: 'lost' })
    expect(editing(filter, 0)).toEqual({ chips: ['state:dead'], draft: 'lost type:a' })
    expect(editing({ ...filter, draft: 'key:b' }, 1)).toEqual({ chips: ['type:a', 'key:b'], draft: 'state:dead' })
    expect(editing(filter, 7)).toBe(filter)
  })

  it('never loses a word, whatever is typed', () => {
    const words = fc.array(
      fc.oneof(
        fc.constantFrom('type:a.*', '-state:dead', 'lost', 'error:"a b"', 'state:ded', '"', 'key:'),
        fc.string({ maxLength: 6 }),
      ),
      { maxLength: 8 },
    )
    const letters = (text: string) => [...new Set(text.split(/\s+/).filter(Boolean))].sort()
    fc.assert(
      fc.property(words, (typed) => {
        const text = typed.join(' ')
        const filter = chipped(text)
        expect(letters(writtenOf(filter))).toEqual(letters(text))
        expect(chipped(writtenOf(filter)).chips).toEqual(filter.chips)
      }),
    )
  })
})
