import { expect, it } from 'vitest'
import { whenErased } from './words.ts'

it('says when the data of a deleted account goes', () => {
  expect([0, 1, 30].map(whenErased)).toEqual([
    'at once, as soon as what is on its way about you has arrived',
    'after one day',
    'after 30 days',
  ])
})
