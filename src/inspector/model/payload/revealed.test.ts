import { expect, it } from 'vitest'
import { maskedPaths, revealedFields } from './revealed.ts'

const PERSONAL = { masked: 'personal' }
const masked = {
  id: 1,
  name: PERSONAL,
  token: { masked: 'secret' },
  ways: [{ mail: PERSONAL }, { mail: { masked: 'erased' } }],
}
const clear = { id: 1, name: 'Anna', token: 'sealed', ways: [{ mail: { to: 'a@b.example' } }, { mail: 'x' }] }

it('finds where personal data is masked, and nothing else', () => {
  expect(maskedPaths(masked)).toEqual(['name', 'ways.0.mail'])
})

it('reveals one field, or all, but never a secret or what was erased', () => {
  expect(revealedFields(masked, clear, 'name')).toEqual([{ path: 'name', value: 'Anna' }])
  expect(revealedFields(masked, clear, null)).toEqual([
    { path: 'name', value: 'Anna' },
    { path: 'ways.0.mail', value: '{"to":"a@b.example"}' },
  ])
  expect(revealedFields(masked, clear, 'token')).toEqual([])
})
