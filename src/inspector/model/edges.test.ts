import { describe, expect, it } from 'vitest'
import { pathBetween } from './edges.ts'

const card = { left: 0, top: 0, right: 100, bottom: 40 }

describe('the line between two boxes', () => {
  it('curves from the right edge to the left edge of what lies to the right', () => {
    expect(pathBetween(card, { left: 160, top: 60, right: 300, bottom: 100 })).toBe('M100 20C130 20 130 80 160 80')
  })

  it('goes down a trunk and bends to what lies below and is indented', () => {
    expect(pathBetween(card, { left: 28, top: 60, right: 128, bottom: 100 })).toBe('M14 40V72Q14 80 22 80H28')
  })

  it('goes straight down to what lies just below', () => {
    expect(pathBetween(card, { left: 0, top: 64, right: 100, bottom: 100 })).toBe('M14 40V64')
  })
})
