import { expect, it } from 'vitest'
import { maskedAddress } from './masked-address.ts'

it.each([
  ['nora.berg@example.com', 'n••••@e••••'],
  ['"a@b"@example.com', '"••••@e••••'],
  ['𝒏ora@münchen.example', '𝒏••••@m••••'],
  ['', '••••'],
  ['nobody', '••••'],
])('of %s a list shows %s', (email, masked) => {
  expect(maskedAddress(email)).toBe(masked)
})
