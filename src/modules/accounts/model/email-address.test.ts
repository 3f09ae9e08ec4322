import { describe, expect, it } from 'vitest'
import { emailKeyOf, mailableEmail } from './email-address.ts'

describe('the key of an address', () => {
  it.each([
    ['Anna@Example.COM', 'anna@example.com'],
    ['  anna@example.com ', 'anna@example.com'],
    ['anna@bücher.example', 'anna@xn--bcher-kva.example'],
    ['anna+news@example.com', 'anna+news@example.com'],
    ['ANNA@BÜCHER.example', 'anna@xn--bcher-kva.example'],
    ['anna@XN--BCHER-KVA.example', 'anna@xn--bcher-kva.example'],
    ['anna@bu\u0308cher.example', 'anna@xn--bcher-kva.example'],
    ['anna@example.com.', 'anna@example.com'],
    ['\uff41nna\uff20example\uff0ecom', 'anna@example.com'],
    ['jose\u0301@example.com', 'jos\u00e9@example.com'],
  ])('of %s is %s', (email, key) => {
    expect(emailKeyOf(email)).toBe(key)
  })
})

describe('the address that mail is sent to', () => {
  it.each([
    [' Anna@Example.com. ', 'Anna@Example.com'],
    ['Anna@Bücher.example', 'Anna@xn--bcher-kva.example'],
    ['no address', 'no address'],
    ['', ''],
  ])('of %j is %j', (typed, email) => {
    expect(mailableEmail(typed)).toBe(email)
  })
})
