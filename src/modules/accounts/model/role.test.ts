import { describe, expect, it } from 'vitest'
import { roleOf } from './role.ts'

const confirmed = new Date('2026-01-01')

describe('the role of a user', () => {
  it.each([
    ['a listed, confirmed address', { email: 'a@b.example', emailConfirmedAt: confirmed, role: 'member' }, 'operator'],
    [
      'a listed address that is not confirmed',
      { email: 'a@b.example', emailConfirmedAt: null, role: 'member' },
      'member',
    ],
    ['anybody else', { email: 'c@b.example', emailConfirmedAt: confirmed, role: 'member' }, 'member'],
    ['the stored role', { email: 'c@b.example', emailConfirmedAt: null, role: 'viewer' }, 'viewer'],
  ])('of %s', (_, user, role) => {
    expect(roleOf(user, ['A@b.example'])).toBe(role)
  })
})
