import { describeBusContract } from './contract.ts'
import { InMemoryStorage } from './in-memory.ts'

describeBusContract('memory', async () => {
  const storage = new InMemoryStorage()
  return {
    storage,
    effect: async (tx, label) => storage.effect(tx, label),
    effects: async () => storage.effects,
    deliveries: async () => storage.rows,
    attempts: async (deliveryId) => storage.attempts.filter((each) => each.deliveryId === deliveryId),
    messages: async () => storage.messages,
    stop: async () => {},
  }
})
