import { afterEach, expect, it, vi } from 'vitest'
import { Tokens } from './tokens.ts'

afterEach(() => void vi.useRealTimers())

it('O7: who is held back, and has no room or is paused once his time has come, is looked for once and not without end', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] })
  const rateLimit = { count: 1, perMs: 10 }
  const tokens = new Tokens({
    take: async (asked) => asked.map(({ subscription }) => ({ subscription, tokens: 0, nextInMs: 10 })),
    giveBack: async () => {},
  })
  const room = { subscription: 'shop.pack', free: 2, order: null, running: 0, priority: 0, rateLimit }
  await tokens.take([room])
  expect(tokens.nextInMs).toBe(10)
  vi.advanceTimersByTime(20)
  expect(tokens.nextInMs).toBe(0)
  await tokens.take([])
  expect(tokens.nextInMs).toBeNull()
})
