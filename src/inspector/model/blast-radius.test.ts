import { expect, it } from 'vitest'
import { emissionWords } from './blast-radius.ts'

it('says how many messages a retry may send', () => {
  expect(emissionWords({ name: 'shop.pay', each: 2 }, 7)).toBe('14 × shop.pay')
  expect(emissionWords({ name: 'shop.pay', each: 0.5 }, 7)).toBe('about 4 × shop.pay')
  expect(emissionWords({ name: 'shop.pay', each: 0.01 }, 3)).toBe('about 1 × shop.pay')
})
