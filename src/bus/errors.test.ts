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
