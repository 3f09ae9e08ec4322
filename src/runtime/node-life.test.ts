import { afterEach, expect, it } from 'vitest'
import { NodeLife } from './node-life.ts'

let stop = async () => {}
afterEach(() => stop())

it('O6: who gets no answer any more resigns before another may take over', async () => {
  const answer = Promise.withResolvers<void>()
  let beats = 0
  const startedAt = performance.now()
  const life = new NodeLife({
    nodes: {
      beat: async () => {
        beats += 1
        if (beats > 1) await answer.promise
      },
      lead: async () => true,
      leave: async () => {},
      forget: async () => 0,
    },
    description: { host: 'here', pid: 1, role: 'all', version: '1' },
    jobs: [],
    inFlight: () => 0,
    observe: () => {},
    beatMs: 20,
    leadMs: 300,
  })
  stop = async () => {
    answer.resolve()
    await life.stop()
  }
  life.start()
  await expect.poll(() => life.isLeading, { interval: 1 }).toBe(true)
  await expect.poll(() => life.isLeading, { interval: 1 }).toBe(false)
  expect(beats).toBe(2)
  expect(performance.now() - startedAt).toBeLessThan(300)
})
