import { describe, expect, it } from 'vitest'
import { fromEditable, toEditable } from './editable-body.ts'

describe('a body that can be edited', () => {
  const body = { name: { masked: 'personal' }, keys: [{ masked: 'secret' }], at: 'noon', masked: 'no mask', n: 1 }

  it('shows words for what is masked, and gives the masks back where they were not replaced', () => {
    const text = toEditable(body)
    expect(text).toContain('"name": "•••• personal data, stays as it is"')
    expect(fromEditable(text)).toEqual(body)
    expect(fromEditable(text.replace('•••• secret, stays as it is', 'new'))).toEqual({ ...body, keys: ['new'] })
  })

  it('says when it is no JSON any more', () => {
    expect(() => fromEditable('{ "a": ')).toThrow(SyntaxError)
  })
})
