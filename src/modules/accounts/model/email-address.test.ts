import { describe, expect, it } from 'vitest'
import { emailKeyOf } from './email-address.ts'

describe('the key of an address', () => {
  it.each([
    ['Anna@Example.COM', 'anna@example.com'],
    ['  anna@example.com ', 'anna@example.com'],
    ['anna@bücher.example', 'anna@xn--bcher-kva.example'],
    ['anna+news@example.com', 'anna+news@example.com'],
    ['jose\u0301@example.com', 'jos\u00e9@example.com'],
  ])('of %s is %s', (email, key) => {
    expect(emailKeyOf(email)).toBe(key)
  })
})
