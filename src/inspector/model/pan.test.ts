import { expect, it } from 'vitest'
import { PAN_MS, panPlace } from './pan.ts'

it('pans from where it is to where it goes, and stays there', () => {
  expect(panPlace(100, 300, 0)).toBe(100)
  expect(panPlace(100, 300, PAN_MS / 2)).toBe(275)
  expect(panPlace(100, 300, PAN_MS)).toBe(300)
  expect(panPlace(300, 100, PAN_MS * 5)).toBe(100)
  expect(panPlace(100, 300, -1)).toBe(100)
})
