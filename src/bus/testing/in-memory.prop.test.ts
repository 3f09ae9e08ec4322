import { it } from 'vitest'
import { InMemoryStorage } from './in-memory.ts'
import { runHistories } from './model/histories.ts'

const RUNS = 1_500

it('D3, D14, D15, O1, O2, R1, R9, R11, T1, T6: whatever happens, the bus in memory does what its model does', async () => {
  await runHistories(async () => {
    let now = 0
    const storage = new InMemoryStorage(() => now)
    return {
      storage,
      now: () => now,
      advance: async (ms, held) => {
        now += ms
        for (const each of held) if (each.staleAt !== null) each.staleAt -= ms
      },
      effect: async (tx, label) => storage.effect(tx, label),
      effects: async () => storage.effects,
      deliveries: async () => storage.rows,
      attempts: async (deliveryId) => storage.attempts.filter((each) => each.deliveryId === deliveryId),
      messages: async () => storage.messages,
      stop: async () => {},
    }
  }, RUNS)
}, 60_000)
