import { expect, it } from 'vitest'
import { mayReadMetrics } from './metrics-access.ts'

const TOKEN = '0123456789abcdef'

it('with a token set, figures are for who shows it', () => {
  expect(mayReadMetrics({ headers: { authorization: `Bearer ${TOKEN}` } }, TOKEN)).toBe(true)
  expect(
    mayReadMetrics({ headers: { authorization: `Bearer ${TOKEN}`, 'x-forwarded-for': '203.0.113.9' } }, TOKEN),
  ).toBe(true)
  for (const authorization of ['', `Bearer ${TOKEN}0`, 'Bearer ', `Basic ${TOKEN}`, TOKEN])
    expect(mayReadMetrics({ headers: { authorization } }, TOKEN)).toBe(false)
  expect(mayReadMetrics({ headers: {} }, TOKEN)).toBe(false)
})

it('without one, they are for who reaches the node, not for who comes through the proxy', () => {
  expect(mayReadMetrics({ headers: {} }, null)).toBe(true)
  for (const mark of ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'])
    expect(mayReadMetrics({ headers: { [mark]: '203.0.113.9' } }, null)).toBe(false)
})
