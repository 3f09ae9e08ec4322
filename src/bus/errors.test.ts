import { expect, it } from 'vitest'
import { recordError } from './errors.ts'

it('strikes out what is classified, however it is written', () => {
  const { message } = recordError(new Error('anna@example.com: no, ANNA@EXAMPLE.COM (a+b)'), [
    'anna@example.com',
    '(a+b)',
  ])
  expect(message).toBe('••••: no, •••• ••••')
})

it('strikes out a value that is too long for a pattern, and all after it', () => {
  const long = 'x'.repeat(70_000)
  expect(recordError(new Error(`refused: ${long} thank you`), [long]).message).toBe('refused: ••••')
  expect(recordError(new Error('refused'), [long]).message).toBe('refused')
})

it('strikes out a value in whatever spelling it comes back', () => {
  const struck = (text: string, ...hidden: string[]) => recordError(new Error(text), hidden).message
  expect(struck('550 5.7.1 anna.b: relaying denied', 'Anna.B@example.com')).toBe('550 5.7.1 ••••: relaying denied')
  expect(struck('GET /?to=%2B41791234567 and 0041 79 123 45 67', '+41791234567')).toBe('GET /?to=•••• and ••••')
  expect(struck('in {"name":"A \\"B\\" C"}', 'A "B" C')).toBe('in {"name":"••••"}')
  expect(struck('anna is not annabel', 'anna@example.com')).toBe('•••• is not annabel')
})

it('strikes out addresses and phone numbers that the message did not hold', () => {
  const { message, cause } = recordError(
    new Error('<Zoë.x@mail.Example.com> and +41 (79) 123-45-67 are unknown', { cause: new Error('to a@b.example') }),
  )
  expect(message).toBe('<••••> and •••• are unknown')
  expect(cause?.message).toBe('to ••••')
  expect(recordError(new Error('zod@4 at localhost, 2026-01-01T00:00:00+02:00')).message).toContain(
    'zod@4 at localhost',
  )
  const long = 'x'.repeat(100_000)
  expect(recordError(new Error(`${long}@`)).message).toHaveLength(8_000)
})

it('leaves the frames of a stack alone, whatever a person is called, and trusts no message that looks like one', () => {
  function provider() {
    return new Error('refused\n    at provider@example.com (x.ts:1:2)')
  }
  const { stack } = recordError(provider(), ['provider', 'vitest'])
  expect(stack).toMatch(/^Error: refused\n {4}at •••• \(x\.ts:1:2\)\n {4}at provider .*errors\.test\.ts/)
  const changed = provider()
  // It is written when it is read first.
  expect(changed.stack).toContain('refused')
  changed.message = 'refused for another reason'
  expect(recordError(changed, ['provider']).stack).not.toContain('provider')
})
